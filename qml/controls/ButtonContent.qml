// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// Icon or turning circle, then the word; centred, on two lines where it must be.
Item {
    id: root

    required property string text
    required property string iconName
    required property color ink
    required property bool busy
    required property bool small

    readonly property int beside: root.busy || root.iconName !== "" ? 16 + row.spacing : 0

    implicitWidth: Math.ceil(words.implicitWidth) + root.beside
    implicitHeight: row.implicitHeight

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.gap8

        Spinner {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.busy
            size: 16
            colour: root.ink
        }

        Symbol {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== "" && !root.busy
            name: root.iconName
            colour: root.ink
            size: 16
        }

        StyledText {
            id: words

            width: Math.min(Math.ceil(implicitWidth), root.width - root.beside)
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            anchors.verticalCenter: parent.verticalCenter
            step: root.small ? Theme.small : Theme.ui
            font.weight: Font.Medium
            text: root.text
            color: root.ink
            Accessible.ignored: true
        }
    }
}
