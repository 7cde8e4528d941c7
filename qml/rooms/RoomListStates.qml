// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What stands in the place of an empty list: still loading, nothing found, nothing there yet.
Item {
    id: root

    required property RoomListModel rooms
    required property bool empty
    readonly property string missing: root.rooms.filterText === "" ? qsTr("No conversation is of this kind.") : qsTr("No conversation has “%1” in its name.").arg(root.rooms.filterText)

    signal newRoomWanted()
    signal filterDropped()

    visible: root.empty

    EmptyState {
        anchors.fill: parent
        busy: !root.rooms.loaded && !root.rooms.filtered
        iconName: root.rooms.filtered ? "search" : "message-square"
        title: root.rooms.filtered ? qsTr("Nothing found") : root.rooms.loaded ? qsTr("No conversation yet") : qsTr("Your conversations are arriving…")
        text: root.rooms.filtered ? root.missing : root.rooms.loaded ? qsTr("Write to somebody, or wait for an invitation.") : qsTr("The first time takes a moment.")
        actionText: root.rooms.filtered ? qsTr("Show all") : root.rooms.loaded ? qsTr("Write to somebody") : ""
        onActed: root.rooms.filtered ? root.filterDropped() : root.newRoomWanted()
    }
}
