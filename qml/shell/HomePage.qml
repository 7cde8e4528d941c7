// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models
import Parvis.RoomInfo
import Parvis.Rooms
import Parvis.Settings
import Parvis.Theme

/// The conversations: rail, list, reading, details. One column where the window is narrow.
FocusScope {
    id: root

    objectName: "home"

    required property AppModel app
    property bool settingsOpen: false
    property bool paneOpen: false
    readonly property bool narrow: width < Theme.oneColumnBelow
    readonly property bool reading: root.app.openRoomId !== ""
    readonly property bool listShown: !root.settingsOpen && (!root.narrow || !root.reading)

    function openRoom(roomId: string) {
        root.settingsOpen = false
        root.app.openRoom(roomId)
        conversation.focusComposer()
    }

    function openSettings() {
        root.settingsOpen = true
        settings.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    function closeSettings() {
        root.settingsOpen = false
        keys.focusMain()
    }

    function askLogout() {
        logout.open()
    }

    function togglePane() {
        root.paneOpen = !root.paneOpen
        if (root.paneOpen) {
            root.app.members.load()
            pane.forceActiveFocus()
        } else {
            conversation.focusComposer()
        }
    }

    HomeBanners {
        id: banners

        width: parent.width
        connection: root.app.connection
        session: root.app.session
        onSignInWanted: signInAgain.open()
    }

    Rail {
        id: rail

        y: banners.height
        width: visible ? Theme.rail : 0
        height: parent.height - y
        visible: !root.narrow || root.listShown || root.settingsOpen
        rooms: root.app.rooms
        session: root.app.session
        settingsOpen: root.settingsOpen
        onHomeWanted: root.closeSettings()
        onNewRoomWanted: newRoom.open()
        onSettingsWanted: root.openSettings()
        onLogoutWanted: root.askLogout()
    }

    RoomsPane {
        id: list

        x: rail.width
        y: banners.height
        width: !visible ? 0 : root.narrow ? parent.width - x : Math.min(Math.round(root.app.settings.listWidth * Theme.columnGrowth), parent.width - x - Theme.leastReading)
        height: parent.height - y
        visible: root.listShown
        focus: !root.reading
        rooms: root.app.rooms
        openRoomId: root.app.openRoomId
        onRoomChosen: roomId => root.openRoom(roomId)
        onNewRoomWanted: newRoom.open()
    }

    ListSplitter {
        x: list.x + list.width - 3
        y: banners.height
        height: parent.height - y
        visible: list.visible && !root.narrow
        settings: root.app.settings
    }

    ConversationArea {
        id: conversation

        x: list.visible ? list.x + list.width : rail.width
        y: banners.height
        width: parent.width - x - (pane.visible && !pane.over ? pane.width : 0)
        height: parent.height - y
        visible: !root.settingsOpen && (!root.narrow || root.reading)
        focus: root.reading
        app: root.app
        narrow: root.narrow
        paneOpen: root.paneOpen
        onBackWanted: {
            root.app.openRoom("")
            list.focusList()
        }
        onPaneWanted: root.togglePane()
        onNewRoomWanted: newRoom.open()
    }

    RoomInfoPanel {
        id: pane

        readonly property bool over: root.width < Theme.overlayPaneBelow

        anchors.right: parent.right
        y: banners.height
        width: Math.min(Theme.sidePane, parent.width)
        height: parent.height - y
        visible: root.paneOpen && root.reading && !root.settingsOpen && !root.app.timeline.invited
        members: root.app.members
        timeline: root.app.timeline
        onCloseWanted: root.togglePane()
    }

    SettingsPage {
        id: settings

        x: rail.width
        y: banners.height
        width: parent.width - x
        height: parent.height - y
        visible: root.settingsOpen
        settings: root.app.settings
        session: root.app.session
        version: root.app.version
        onCloseWanted: root.closeSettings()
        onLogoutWanted: root.askLogout()
    }

    HomeKeys {
        id: keys

        regions: [rail, list, conversation, pane, settings]
        onSearchWanted: {
            root.settingsOpen = false
            if (root.narrow)
                root.app.openRoom("")
            list.focusSearch()
        }
        onNewRoomWanted: newRoom.open()
        onSettingsWanted: root.settingsOpen ? root.closeSettings() : root.openSettings()
        onRoomStepped: step => {
            const next = root.app.rooms.neighbour(root.app.openRoomId, step)
            if (next !== "")
                root.openRoom(next)
        }
    }

    NewRoomDialog {
        id: newRoom

        model: root.app.newRoom
    }

    LogoutDialog {
        id: logout

        session: root.app.session
    }

    SignInAgainDialog {
        id: signInAgain

        session: root.app.session
    }
}
