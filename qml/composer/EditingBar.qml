// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// Says that an older message is being changed, and lets go of it.
Item {
    id: root

    signal cancelled()

    height: visible ? Theme.controlSmall + 12 : 0

    Symbol {
        id: sign

        x: Theme.gap16
        anchors.verticalCenter: parent.verticalCenter
        name: "pencil"
        size: 16
        colour: Theme.colour.accent
    }

    StyledText {
        x: sign.x + sign.width + Theme.gap8
        width: parent.width - x - leave.width - Theme.gap16
        anchors.verticalCenter: parent.verticalCenter
        step: Theme.small
        font.weight: Font.Medium
        text: qsTr("You are editing a message")
        color: Theme.colour.accent
    }

    IconButton {
        id: leave

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap8
        anchors.verticalCenter: parent.verticalCenter
        size: Theme.controlSmall
        iconSize: 16
        iconName: "x"
        text: qsTr("Cancel the edit")
        shortcutText: qsTr("Esc")
        onClicked: root.cancelled()
    }
}
