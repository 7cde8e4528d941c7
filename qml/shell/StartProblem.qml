// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Controls
import Parvis.Theme

/// Instead of the window where Parvis cannot start: why, and a way out.
ApplicationWindow {
    id: root

    required property string reason
    required property bool dark
    required property real textScale

    width: Math.round(480 * Theme.growth)
    height: column.height + 2 * Theme.gap32
    minimumWidth: 320
    visible: true
    color: Theme.colour.base
    title: "Parvis"

    Binding {
        target: Theme
        property: "dark"
        value: root.dark
    }

    Binding {
        target: Theme
        property: "textScale"
        value: root.textScale
    }

    Column {
        id: column

        x: Theme.gap32
        y: Theme.gap32
        width: parent.width - 2 * x
        spacing: Theme.gap16

        StyledText {
            width: parent.width
            step: Theme.dialog
            text: qsTr("Parvis cannot start")
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
        }

        StyledText {
            width: parent.width
            text: root.reason
            wrapMode: Text.Wrap
            Accessible.role: Accessible.AlertMessage
            Accessible.name: root.reason
        }

        PrimaryButton {
            anchors.right: parent.right
            focus: true
            text: qsTr("Close")
            onClicked: Qt.quit()
            Keys.onEscapePressed: Qt.quit()
        }
    }
}
