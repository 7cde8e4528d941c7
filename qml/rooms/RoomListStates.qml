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

    signal newRoomWanted()
    signal filterDropped()

    visible: root.empty

    EmptyState {
        anchors.fill: parent
        visible: !root.rooms.loaded && !root.rooms.filtered
        busy: true
        title: qsTr("Your conversations are arriving…")
        text: qsTr("The first time takes a moment.")
    }

    EmptyState {
        anchors.fill: parent
        visible: root.rooms.filtered
        iconName: "search"
        title: qsTr("Nothing found")
        text: root.rooms.filterText === "" ? qsTr("No conversation is of this kind.") : qsTr("No conversation has “%1” in its name.").arg(root.rooms.filterText)
        actionText: qsTr("Show all")
        onActed: root.filterDropped()
    }

    EmptyState {
        anchors.fill: parent
        visible: root.rooms.loaded && !root.rooms.filtered
        iconName: "message-square"
        title: qsTr("No conversation yet")
        text: qsTr("Write to somebody, or wait for an invitation.")
        actionText: qsTr("Write to somebody")
        onActed: root.newRoomWanted()
    }
}
