// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// The title of the list and the way to a new conversation.
Item {
    id: root

    signal newRoomWanted()

    implicitHeight: Math.max(title.implicitHeight, Theme.control)

    StyledText {
        id: title

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - plus.width
        step: Theme.section
        text: qsTr("Conversations")
        Accessible.role: Accessible.Heading
    }

    IconButton {
        id: plus

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        iconName: "plus"
        text: qsTr("New conversation")
        shortcutText: qsTr("Ctrl+N")
        onClicked: root.newRoomWanted()
    }
}
