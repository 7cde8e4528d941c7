// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models
import Parvis.Theme

/// The conversations: rail, list, reading, details. One column where the window is narrow.
FocusScope {
    id: root

    objectName: "home"
    required property AppModel app
    property bool settingsOpen: false
    property bool paneOpen: false
    /// The pane is the search in messages rather than the details.
    property bool searching: false
    readonly property bool narrow: width < Theme.oneColumnBelow
    readonly property bool reading: root.app.openRoomId !== ""

    function openRoom(roomId: string) {
        if (roomId === "")
            return
        root.settingsOpen = false
        root.uncover()
        root.app.openRoom(roomId)
        conversation.focusComposer()
    }

    /// What lies over the conversation goes.
    function uncover() {
        if (pane.over)
            root.paneOpen = false
    }

    function leaveRoom() {
        root.app.openRoom("")
        navigation.focusList()
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
        dialogs.askLogout()
    }

    function togglePane() {
        root.paneOpen = !root.paneOpen || root.searching
        root.searching = false
        if (root.paneOpen)
            pane.forceActiveFocus()
        else
            conversation.focusComposer()
    }

    function closePane() {
        root.paneOpen = false
        if (root.reading)
            conversation.focusComposer()
        else
            keys.focusMain()
    }

    function openSearch(everywhere: bool) {
        root.settingsOpen = false
        root.app.search.everywhere = everywhere
        root.searching = true
        root.paneOpen = true
        pane.beginSearch()
    }

    function showMessage(roomId: string, eventId: string) {
        // Until it has arrived, or where it never does.
        if (pane.over)
            conversation.forceActiveFocus()
        root.uncover()
        root.app.openMessage(roomId, eventId)
    }

    HomeBanners {
        id: banners

        width: parent.width
        mostHeight: root.height * 0.24
        app: root.app
        keysSaid: conversation.keysSaid
        dialogs: dialogs
        onSettingsWanted: root.openSettings()
    }

    Navigation {
        id: navigation

        y: banners.height
        height: parent.height - y
        app: root.app
        narrow: root.narrow
        settingsOpen: root.settingsOpen
        pageWidth: root.width
        onHomeWanted: root.closeSettings()
        onNewRoomWanted: dialogs.beginRoom()
        onSettingsWanted: root.openSettings()
        onLogoutWanted: root.askLogout()
        onRoomChosen: roomId => root.openRoom(roomId)
        onLeaveWanted: (roomId, name) => dialogs.askLeave(roomId, name)
    }

    ConversationArea {
        id: conversation

        x: navigation.width
        y: banners.height
        width: parent.width - x - (pane.visible && !pane.over ? pane.width : 0)
        height: parent.height - y
        visible: !root.settingsOpen && (!root.narrow || root.reading)
        focus: root.reading
        app: root.app
        narrow: root.narrow
        paneOpen: root.paneOpen && !root.searching
        searchOpen: root.paneOpen && root.searching
        onBackWanted: root.leaveRoom()
        onPaneWanted: root.togglePane()
        onSearchWanted: root.paneOpen && root.searching ? root.closePane() : root.openSearch(false)
        onReadersWanted: {
            root.searching = false
            root.paneOpen = true
            pane.turn(true)
        }
        dialogs: dialogs
        onSettingsWanted: root.openSettings()
    }

    HomePane {
        id: pane

        anchors.right: parent.right
        y: banners.height
        height: parent.height - y
        visible: root.paneOpen && !root.settingsOpen && (root.searching || root.reading && !root.app.timeline.invited)
        searching: root.searching
        pageWidth: root.width
        app: root.app
        dialogs: dialogs
        onCloseWanted: root.closePane()
        onMessageChosen: (roomId, eventId) => root.showMessage(roomId, eventId)
    }

    HomeSettings {
        id: settings

        x: navigation.width
        y: banners.height
        width: parent.width - x
        height: parent.height - y
        visible: root.settingsOpen
        app: root.app
        dialogs: dialogs
        onCloseWanted: root.closeSettings()
    }

    HomeKeys {
        id: keys

        regions: [navigation.railRegion, navigation.listRegion, conversation, pane, settings]
        onSearchWanted: {
            root.settingsOpen = false
            root.uncover()
            if (root.narrow)
                root.app.openRoom("")
            navigation.focusSearch()
        }
        onMessageSearchWanted: everywhere => root.openSearch(everywhere || !root.reading)
        onNewRoomWanted: dialogs.beginRoom()
        onSettingsWanted: root.settingsOpen ? root.closeSettings() : root.openSettings()
        onShortcutsWanted: dialogs.showShortcuts()
        onRoomStepped: step => root.openRoom(root.app.rooms.neighbour(root.app.openRoomId, step))
    }

    Binding {
        target: root.app
        property: "conversationShown"
        value: conversation.visible && root.reading && !(pane.visible && pane.over)
    }

    Connections {
        target: root.app

        function onRoomWanted(roomId) {
            root.openRoom(roomId)
        }
    }

    HomeDialogs {
        id: dialogs

        app: root.app
    }
}
