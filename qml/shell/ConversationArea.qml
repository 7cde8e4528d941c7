// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The open conversation over its composer, or what to do when none is open.
FocusScope {
    id: root

    required property AppModel app
    required property bool narrow
    required property bool paneOpen
    required property bool searchOpen
    required property HomeDialogs dialogs
    /// What should be done about the keys is said here, as no conversation is open.
    readonly property bool keysSaid: root.visible && !root.reading && !root.app.security.encryption.calm && root.app.security.encryption.attention !== EncryptionModel.DeviceConflict
    readonly property bool reading: root.app.openRoomId !== ""

    signal backWanted()
    signal paneWanted()
    signal searchWanted()
    signal readersWanted()
    signal settingsWanted()

    onReadingChanged: {
        root.follow()
        // Left, declined or closed: the keyboard must not stay where nothing is shown.
        if (!root.reading)
            root.backWanted()
    }

    /// Whoever comes to this side writes; where the keyboard is elsewhere, it stays there.
    function follow() {
        const shown = conversation.object as Conversation
        if (shown === null)
            return
        shown.focus = root.reading
        if (root.reading)
            shown.beginAtComposer()
    }

    function focusComposer() {
        if (root.reading)
            (conversation.made() as Conversation).focusComposer()
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.base
    }

    EmptyState {
        anchors.fill: parent
        visible: !root.reading && !root.keysSaid
        iconName: "message-square"
        title: qsTr("Choose a conversation")
        text: qsTr("Or go to one by its name with Ctrl+K.")
        actionText: qsTr("Start a conversation")
        onActed: root.dialogs.beginRoom()
    }

    OnDemand {
        wanted: root.keysSaid

        EncryptionCard {
            parent: root
            anchors.fill: parent
            visible: root.keysSaid
            security: root.app.security
            onSetupWanted: root.dialogs.setUpRecovery(false)
            onEntryWanted: root.dialogs.enterKey()
            onSettingsWanted: root.settingsWanted()
        }
    }

    OnDemand {
        id: conversation

        wanted: root.reading
        onObjectChanged: root.follow()

        Conversation {
            parent: root
            anchors.fill: parent
            visible: root.reading
            app: root.app
            narrow: root.narrow
            paneOpen: root.paneOpen
            onBackWanted: root.backWanted()
            onPaneWanted: root.paneWanted()
            searchOpen: root.searchOpen
            onSearchWanted: root.searchWanted()
            onReadersWanted: root.readersWanted()
        }
    }

    Connections {
        target: root.app.timeline as QtObject

        function onVerifyWanted() {
            root.dialogs.verifyDevice()
        }

        function onRecoveryKeyWanted() {
            root.dialogs.enterKey()
        }
    }
}
