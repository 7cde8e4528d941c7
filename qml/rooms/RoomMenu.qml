// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What can be done with a conversation of the list, by pointer and by key.
PopupMenu {
    id: root

    required property RoomListModel rooms
    required property RoomActionsModel actions
    // Of the row as it was: the list may move under the menu.
    property string roomId: ""
    property string name: ""
    property bool unread: false
    property bool favourite: false
    property bool lowPriority: false
    property bool invited: false
    /// Leaving was chosen: it is asked about once the menu is closed.
    property bool leaves: false

    function openFor(row: RoomDelegate, at: point) {
        root.roomId = row.roomId
        root.name = row.name
        root.unread = row.unread > 0 || row.markedUnread
        root.favourite = row.favourite
        root.lowPriority = row.lowPriority
        root.invited = row.invited
        root.leaves = false
        root.popup(row, at.x, at.y)
        root.currentIndex = root.invited ? 0 : root.unread ? 2 : 3
    }

    MenuRow {
        visible: root.invited
        iconName: "check"
        text: qsTr("Accept the invitation")
        onTriggered: root.rooms.accept(root.roomId)
    }

    MenuRow {
        visible: root.invited
        iconName: "x"
        text: qsTr("Decline the invitation")
        onTriggered: root.rooms.decline(root.roomId)
    }

    MenuRow {
        visible: !root.invited && root.unread
        iconName: "check"
        text: qsTr("Mark as read")
        onTriggered: root.actions.markRead(root.roomId, root.name)
    }

    MenuRow {
        visible: !root.invited && !root.unread
        iconName: "inbox"
        text: qsTr("Mark as unread")
        onTriggered: root.actions.markUnread(root.roomId, root.name)
    }

    MenuRow {
        visible: !root.invited
        iconName: "star"
        text: root.favourite ? qsTr("Remove from the favourites") : qsTr("Add to the favourites")
        onTriggered: root.actions.setFavourite(root.roomId, root.name, !root.favourite)
    }

    MenuRow {
        visible: !root.invited
        iconName: "arrow-down"
        text: root.lowPriority ? qsTr("No longer at the end of the list") : qsTr("Put at the end of the list")
        onTriggered: root.actions.setLowPriority(root.roomId, root.name, !root.lowPriority)
    }

    MenuRow {
        visible: !root.invited
        dangerous: true
        iconName: "door-open"
        text: qsTr("Leave…")
        onTriggered: root.leaves = true
    }
}
