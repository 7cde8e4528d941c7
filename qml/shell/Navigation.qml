// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models
import Parvis.Rooms
import Parvis.Theme

/// The left side: rail, list of conversations, and the edge between list and reading.
Item {
    id: root

    required property AppModel app
    required property bool narrow
    required property bool settingsOpen
    /// Of the whole page, of which the reading needs its part.
    required property int pageWidth
    readonly property bool reading: root.app.openRoomId !== ""
    readonly property bool listShown: !root.settingsOpen && (!root.narrow || !root.reading)
    readonly property int wideList: Math.min(Math.round(root.app.settings.listWidth * Theme.columnGrowth), root.pageWidth - rail.width - Theme.leastReading)
    readonly property Item railRegion: rail
    readonly property Item listRegion: list

    signal homeWanted()
    signal newRoomWanted()
    signal settingsWanted()
    signal logoutWanted()
    signal roomChosen(string roomId)
    signal leaveWanted(string roomId, string name)

    function focusList() {
        list.focusList()
    }

    function focusSearch() {
        list.focusSearch()
    }

    width: rail.width + list.width

    Rail {
        id: rail

        width: visible ? Theme.rail : 0
        height: parent.height
        visible: !root.narrow || root.listShown || root.settingsOpen
        rooms: root.app.rooms
        session: root.app.session
        settingsOpen: root.settingsOpen
        onHomeWanted: root.homeWanted()
        onNewRoomWanted: root.newRoomWanted()
        onSettingsWanted: root.settingsWanted()
        onLogoutWanted: root.logoutWanted()
    }

    RoomsPane {
        id: list

        x: rail.width
        width: !visible ? 0 : root.narrow ? root.pageWidth - rail.width : root.wideList
        height: parent.height
        visible: root.listShown
        focus: !root.reading
        rooms: root.app.rooms
        actions: root.app.roomActions
        openRoomId: root.app.openRoomId
        onRoomChosen: roomId => root.roomChosen(roomId)
        onLeaveWanted: (roomId, name) => root.leaveWanted(roomId, name)
        onNewRoomWanted: root.newRoomWanted()
    }

    ListSplitter {
        x: root.width - 3
        height: parent.height
        visible: list.visible && !root.narrow
        settings: root.app.settings
    }
}
