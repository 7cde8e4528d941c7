// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The open conversation: header, messages, who is writing. What is written stands below, see HomePage.
FocusScope {
    id: root

    required property TimelineModel timeline
    required property ComposerModel composer
    required property SecurityModel security
    property bool narrow: false
    property bool paneOpen: false
    property bool searchOpen: false

    signal backWanted()
    signal paneWanted()
    signal searchWanted()
    signal composerWanted()
    signal accepted(string roomId)
    signal declined(string roomId)

    property bool answering: false
    property string answerError: ""

    function showNewest() {
        view.returnToNewest()
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.base
    }

    TimelineHeader {
        id: header

        width: parent.width
        timeline: root.timeline
        narrow: root.narrow
        paneOpen: root.paneOpen
        onBackWanted: root.backWanted()
        onPaneWanted: root.paneWanted()
        searchOpen: root.searchOpen
        onSearchWanted: root.searchWanted()
    }

    IdentityBanner {
        id: identity

        y: header.height
        width: parent.width
        height: visible ? implicitHeight : 0
        mostHeight: root.height * 0.34
        visible: root.security.identityChanges.userId !== "" && !root.timeline.invited
        changes: root.security.identityChanges
        onVerifyWanted: (userId, name) => root.security.verification.verifyPerson(userId, name)
    }

    TimelineView {
        id: view

        anchors.top: identity.bottom
        anchors.bottom: typing.top
        width: parent.width
        // What is not shown must not have the keyboard: Tab would not leave it.
        focus: !root.timeline.invited
        visible: !root.timeline.invited
        timeline: root.timeline
        composer: root.composer
        onComposerWanted: root.composerWanted()
    }

    QuietNotice {
        anchors.horizontalCenter: parent.horizontalCenter
        y: identity.y + identity.height + Theme.gap12
        width: implicitWidth
        height: implicitHeight
        most: parent.width - 2 * Theme.gap20
        text: view.visible ? root.timeline.noticeText : ""
    }

    InvitationCard {
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        focus: root.timeline.invited
        visible: root.timeline.invited
        timeline: root.timeline
        busy: root.answering
        errorText: root.answerError
        onAccepted: root.accepted(root.timeline.roomId)
        onDeclined: root.declined(root.timeline.roomId)
    }

    FileNews {
        x: Theme.gap24
        width: typing.width
        height: typing.height
        anchors.bottom: parent.bottom
        saver: root.timeline.saver
    }

    StyledText {
        id: typing

        x: Theme.gap24
        width: parent.width - 2 * x
        height: Theme.caption.lineHeight + 4
        anchors.bottom: parent.bottom
        step: Theme.caption
        visible: root.timeline.saver.newsText === ""
        text: root.timeline.typingText
        color: Theme.colour.text3
        Accessible.ignored: text === ""
    }
}
