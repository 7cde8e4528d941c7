// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// Why there is nothing here, and what can be done about it.
FocusScroll {
    id: root

    required property string title
    property string text: ""
    property string iconName: "inbox"
    property string actionText: ""
    property bool busy: false

    signal acted()

    implicitWidth: 320
    implicitHeight: root.contentHeight
    contentHeight: column.height + 2 * Theme.gap16

    Column {
        id: column

        x: Math.round((root.width - width) / 2)
        y: Math.max(Theme.gap16, Math.round((root.height - height) / 2))
        width: Math.min(root.width - 2 * Theme.gap24, Math.round(360 * Theme.columnGrowth))
        spacing: Theme.gap8

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 56
            height: 56
            radius: 28
            color: Theme.colour.selected
            Accessible.ignored: true

            Symbol {
                anchors.centerIn: parent
                visible: !root.busy
                name: root.iconName
                size: 24
                colour: Theme.colour.accent
            }

            Spinner {
                anchors.centerIn: parent
                visible: root.busy
                size: 24
                colour: Theme.colour.accent
            }
        }

        Item {
            width: 1
            height: Theme.gap4
        }

        StyledText {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            step: Theme.section
            text: root.title
            wrapMode: Text.Wrap
        }

        StyledText {
            width: parent.width
            visible: root.text !== ""
            horizontalAlignment: Text.AlignHCenter
            text: root.text
            color: Theme.colour.text2
            wrapMode: Text.Wrap
        }

        Item {
            width: 1
            height: Theme.gap4
            visible: action.visible
        }

        PrimaryButton {
            id: action

            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.actionText !== ""
            text: root.actionText
            onClicked: root.acted()
        }
    }
}
