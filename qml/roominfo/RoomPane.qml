// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models

/// Beside the conversation: its members and details, or how it is encrypted; one at a time.
FocusScope {
    id: root

    required property MemberListModel members
    required property TimelineModel timeline
    required property SecurityModel security
    property bool showsEncryption: false
    readonly property string roomId: root.timeline.roomId
    readonly property bool encrypted: root.showsEncryption && root.timeline.encrypted

    signal closeWanted()
    signal personChosen(string userId, string name)

    function turn(toEncryption: bool) {
        root.showsEncryption = toEncryption
        if (root.visible && root.encrypted)
            encryption.forceActiveFocus(Qt.TabFocusReason)
        else if (root.visible)
            details.forceActiveFocus(Qt.TabFocusReason)
    }

    onRoomIdChanged: root.showsEncryption = false
    onVisibleChanged: if (!root.visible)
        root.showsEncryption = false

    RoomInfoPanel {
        id: details

        anchors.fill: parent
        visible: !root.encrypted
        focus: !root.encrypted
        members: root.members
        timeline: root.timeline
        onCloseWanted: root.closeWanted()
        onPersonChosen: (userId, name) => root.personChosen(userId, name)
        onEncryptionWanted: root.turn(true)
    }

    RoomEncryptionPanel {
        id: encryption

        anchors.fill: parent
        visible: root.encrypted
        focus: root.encrypted
        security: root.security
        roomName: root.timeline.name
        onBackWanted: root.turn(false)
        onCloseWanted: root.closeWanted()
        onPersonChosen: (userId, name) => root.personChosen(userId, name)
    }
}
