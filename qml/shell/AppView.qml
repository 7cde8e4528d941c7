// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Login
import Parvis.Models
import Parvis.Theme

/// What the window shows: the start, signing in, a problem with the stored account, or the conversations.
FocusScope {
    id: root

    required property AppModel app

    /// A page gets the keyboard; its first creation is no slow turn.
    function enter(page: Item) {
        root.app.turns.pageCreated()
        page.forceActiveFocus()
    }

    LayoutMirroring.enabled: Qt.locale().textDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    Binding {
        target: Theme
        property: "dark"
        value: root.app.settings.dark
    }

    Binding {
        target: Theme
        property: "textScale"
        value: root.app.settings.textScale / 100
    }

    Binding {
        target: Theme
        property: "reduceMotion"
        value: root.app.settings.reduceMotion
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.base
    }

    EmptyState {
        id: opening

        anchors.fill: parent
        visible: root.app.session.phase === SessionModel.Starting
        busy: true
        title: qsTr("Parvis is opening…")
        text: patience.over ? qsTr("If your system asks to unlock your keychain, please answer: the key of your messages lies there.") : ""
        onVisibleChanged: patience.over = false
    }

    // Nothing else takes seconds here: most likely the keychain waits for the person.
    Timer {
        id: patience

        property bool over: false

        interval: 3000
        running: opening.visible && !patience.over
        onTriggered: patience.over = true
    }

    // Repeaters and not Loaders: those cannot make a bound component in Qt 6.4.
    Repeater {
        model: root.app.session.phase === SessionModel.SignedOut ? 1 : 0
        onItemAdded: (index, item) => root.enter(item)

        LoginPage {
            anchors.fill: parent
            login: root.app.login
            settings: root.app.settings
            noticeText: root.app.session.errorText
        }
    }

    Repeater {
        model: root.app.session.phase === SessionModel.Problem ? 1 : 0
        onItemAdded: (index, item) => root.enter(item)

        ProblemPage {
            anchors.fill: parent
            session: root.app.session
        }
    }

    Repeater {
        model: root.app.session.phase === SessionModel.SignedIn ? 1 : 0
        onItemAdded: (index, item) => root.enter(item)

        HomePage {
            anchors.fill: parent
            app: root.app
        }
    }
}
