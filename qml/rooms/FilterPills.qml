// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Window
import Parvis.Controls
import Parvis.Models

/// All, unread, people, rooms.
Flickable {
    id: root

    required property RoomListModel rooms
    /// Where the window is so low that the list would have no room: they move sideways instead of taking two lines.
    property bool oneLine: false
    readonly property Item holder: root.Window.activeFocusItem
    /// For the ring around what has the keyboard.
    readonly property int around: root.oneLine ? 4 : 0

    /// What has the keyboard is in sight.
    function follow() {
        if (root.holder === null || root.holder.parent !== pills)
            return
        const right = root.holder.x + root.holder.width + 2 * root.around - root.width
        root.contentX = Math.max(0, Math.min(root.holder.x, Math.max(root.contentX, right)))
    }

    implicitHeight: pills.height + 2 * root.around
    contentWidth: pills.width + 2 * root.around
    clip: root.oneLine
    interactive: root.contentWidth > root.width
    boundsBehavior: Flickable.StopAtBounds
    flickableDirection: Flickable.HorizontalFlick
    onHolderChanged: root.follow()
    onWidthChanged: root.follow()

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Show")

    Flow {
        id: pills

        x: root.around
        y: root.around
        width: root.oneLine ? all.width + unread.width + people.width + roomsOnly.width + 3 * spacing : root.width
        spacing: 5

        FilterPill {
            id: all

            text: qsTr("All")
            checked: root.rooms.show === RoomListModel.All
            onClicked: root.rooms.show = RoomListModel.All
        }

        FilterPill {
            id: unread

            text: qsTr("Unread")
            checked: root.rooms.show === RoomListModel.Unread
            onClicked: root.rooms.show = RoomListModel.Unread
        }

        FilterPill {
            id: people

            text: qsTr("People")
            checked: root.rooms.show === RoomListModel.People
            onClicked: root.rooms.show = RoomListModel.People
        }

        FilterPill {
            id: roomsOnly

            text: qsTr("Rooms")
            checked: root.rooms.show === RoomListModel.Rooms
            onClicked: root.rooms.show = RoomListModel.Rooms
        }
    }
}
