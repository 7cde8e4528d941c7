// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The conversations: title, search, ways to look, list.
FocusScope {
    id: root

    required property RoomListModel rooms
    required property RoomActionsModel actions
    required property string openRoomId

    signal leaveWanted(string roomId, string name)
    signal roomChosen(string roomId)
    signal newRoomWanted()

    function focusSearch() {
        search.forceActiveFocus()
        search.selectAll()
    }

    /// The search has done its work once it led somewhere.
    function goToFirst() {
        const first = root.rooms.firstRoom()
        if (first === "")
            return
        search.clear()
        root.roomChosen(first)
    }

    function focusList() {
        list.forceActiveFocus()
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.sunken
    }

    Column {
        id: top

        width: parent.width
        topPadding: 14
        bottomPadding: 10
        leftPadding: Theme.gap16
        rightPadding: Theme.gap16
        spacing: 10

        RoomsHeader {
            width: parent.width - 2 * Theme.gap16
            onNewRoomWanted: root.newRoomWanted()
        }

        SearchEntry {
            id: search

            width: parent.width - 2 * Theme.gap16
            focus: true
            label: qsTr("Search or go to…")
            shortcutText: qsTr("Ctrl K")
            onTextChanged: root.rooms.filterText = text
            onAccepted: root.goToFirst()
            Keys.onDownPressed: list.forceActiveFocus()
        }

        FilterPills {
            width: parent.width - 2 * Theme.gap16
            rooms: root.rooms
            oneLine: root.height < 240 * Theme.growth
        }
    }

    RoomList {
        id: list

        anchors.top: top.bottom
        anchors.bottom: refused.top
        width: parent.width
        model: root.rooms
        openRoomId: root.openRoomId
        onRoomChosen: roomId => root.roomChosen(roomId)
        onEscaped: search.forceActiveFocus()
        onMenuWanted: (row, at) => (menu.made() as RoomMenu).openFor(row, at)
    }

    OnDemand {
        id: menu

        RoomMenu {
            parent: root
            rooms: root.rooms
            actions: root.actions
            // First where the keyboard came from: a question gives it back there.
            onClosed: {
                list.forceActiveFocus()
                if (leaves)
                    root.leaveWanted(roomId, name)
            }
        }
    }

    Item {
        id: refused

        x: Theme.gap16
        width: parent.width - 2 * x
        height: visible ? Math.max(words.implicitHeight, dismiss.height) + 2 * Theme.gap8 : 0
        anchors.bottom: parent.bottom
        visible: root.actions.errorText !== ""

        FieldError {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - dismiss.width - Theme.gap8
            text: root.actions.errorText
        }

        IconButton {
            id: dismiss

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            iconName: "x"
            text: qsTr("Close the message")
            onClicked: {
                list.forceActiveFocus()
                root.actions.dismiss()
            }
        }
    }

    RoomListStates {
        anchors.fill: list
        rooms: root.rooms
        empty: list.count === 0
        onNewRoomWanted: root.newRoomWanted()
        onFilterDropped: {
            search.clear()
            root.rooms.show = RoomListModel.All
        }
    }
}
