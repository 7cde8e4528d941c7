// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// All, unread, people, rooms.
Flow {
    id: root

    required property RoomListModel rooms

    spacing: 5

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Show")

    FilterPill {
        text: qsTr("All")
        checked: root.rooms.show === RoomListModel.All
        onClicked: root.rooms.show = RoomListModel.All
    }

    FilterPill {
        text: qsTr("Unread")
        checked: root.rooms.show === RoomListModel.Unread
        onClicked: root.rooms.show = RoomListModel.Unread
    }

    FilterPill {
        text: qsTr("People")
        checked: root.rooms.show === RoomListModel.People
        onClicked: root.rooms.show = RoomListModel.People
    }

    FilterPill {
        text: qsTr("Rooms")
        checked: root.rooms.show === RoomListModel.Rooms
        onClicked: root.rooms.show = RoomListModel.Rooms
    }
}
