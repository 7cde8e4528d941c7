// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Composer
import Parvis.Models
import Parvis.Timeline

/// The open conversation over its composer.
FocusScope {
    id: root

    required property AppModel app
    required property bool narrow
    required property bool paneOpen
    required property bool searchOpen

    signal backWanted()
    signal paneWanted()
    signal searchWanted()
    signal readersWanted()

    /// Here begins who comes to this side; takes the keyboard from nobody.
    function beginAtComposer() {
        composer.focus = true
    }

    function focusComposer() {
        if (composer.visible)
            composer.forceActiveFocus()
        else
            page.forceActiveFocus()
    }

    TimelinePage {
        id: page

        width: parent.width
        height: parent.height - (composer.visible ? composer.height + readers.height : 0)
        timeline: root.app.timeline
        composer: root.app.composer
        security: root.app.security
        narrow: root.narrow
        paneOpen: root.paneOpen
        answering: root.app.rooms.busyRoom === root.app.openRoomId
        answerError: root.app.rooms.failedRoom === root.app.openRoomId ? root.app.rooms.actionError : ""
        onBackWanted: root.backWanted()
        onPaneWanted: root.paneWanted()
        searchOpen: root.searchOpen
        onSearchWanted: root.searchWanted()
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
        visible: !root.app.timeline.invited
        // After an invitation its buttons are gone: the keyboard goes on where one writes, unless it is elsewhere.
        onVisibleChanged: if (visible && root.activeFocus)
            forceActiveFocus()
        focus: true
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
}
