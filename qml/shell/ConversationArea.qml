// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Composer
import Parvis.Controls
import Parvis.Models
import Parvis.Theme
import Parvis.Timeline

/// The open conversation over its composer, or what to do when none is open.
FocusScope {
    id: root

    required property AppModel app
    required property bool narrow
    required property bool paneOpen
    required property HomeDialogs dialogs
    /// What should be done about the keys is said here, as no conversation is open.
    readonly property bool keysSaid: root.visible && !root.reading && !root.app.security.encryption.calm && root.app.security.encryption.attention !== EncryptionModel.DeviceConflict
    readonly property bool reading: root.app.openRoomId !== ""

    signal backWanted()
    signal paneWanted()
    signal readersWanted()
    signal settingsWanted()

    // Left, declined or closed: the keyboard must not stay where nothing is shown.
    onReadingChanged: if (!root.reading)
        root.backWanted()

    function focusComposer() {
        if (composer.visible)
            composer.forceActiveFocus()
        else
            page.forceActiveFocus()
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

    EncryptionCard {
        anchors.fill: parent
        visible: root.keysSaid
        security: root.app.security
        onSetupWanted: root.dialogs.setUpRecovery(false)
        onEntryWanted: root.dialogs.enterKey()
        onSettingsWanted: root.settingsWanted()
    }

    TimelinePage {
        id: page

        width: parent.width
        height: parent.height - (composer.visible ? composer.height + readers.height : 0)
        visible: root.reading
        timeline: root.app.timeline
        composer: root.app.composer
        security: root.app.security
        narrow: root.narrow
        paneOpen: root.paneOpen
        answering: root.app.rooms.busyRoom === root.app.openRoomId
        answerError: root.app.rooms.failedRoom === root.app.openRoomId ? root.app.rooms.actionError : ""
        onBackWanted: root.backWanted()
        onPaneWanted: root.paneWanted()
        onComposerWanted: root.focusComposer()
        onAccepted: roomId => root.app.rooms.accept(roomId)
        onDeclined: roomId => root.app.rooms.decline(roomId)
    }

    ReadersBar {
        id: readers

        y: page.height
        width: parent.width
        mostHeight: root.height * 0.25
        visible: composer.visible && text !== ""
        readers: root.app.security.readers
        onReadersWanted: root.readersWanted()
    }

    Composer {
        id: composer

        y: page.height + readers.height
        width: parent.width
        height: implicitHeight
        visible: root.reading && !root.app.timeline.invited
        // After an invitation its buttons are gone: the keyboard goes on where one writes, unless it is elsewhere.
        onVisibleChanged: if (visible && root.activeFocus)
            forceActiveFocus()
        focus: root.reading
        mostHeight: Math.max(120, root.height * 0.4)
        composer: root.app.composer
        timeline: root.app.timeline
    }

    FileDrop {
        anchors.fill: parent
        enabled: composer.visible && root.app.timeline.canSend && !root.app.composer.editing
        files: root.app.composer.files
        onJoined: root.focusComposer()
    }

    Connections {
        target: root.app.composer

        function onSent() {
            page.showNewest()
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
