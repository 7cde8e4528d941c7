// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Beside the conversation: what was said, looked for by its words. Escape closes, once nothing is left to empty.
FocusScope {
    id: root

    required property SearchModel search
    /// Empty: no conversation is open.
    required property string roomName

    signal closeWanted()
    signal messageChosen(string roomId, string eventId)

    function begin() {
        top.begin()
    }

    onVisibleChanged: root.search.shown = root.visible
    Component.onCompleted: root.search.shown = root.visible
    Keys.onEscapePressed: root.closeWanted()

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Search in messages")

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.base
    }

    Rectangle {
        width: 1
        height: parent.height
        color: Theme.colour.line
    }

    SearchTop {
        id: top

        x: 18
        width: parent.width - x - Theme.gap16
        focus: true
        search: root.search
        roomName: root.roomName
        onCloseWanted: root.closeWanted()
        onHitsWanted: if (list.count > 0)
            list.forceActiveFocus(Qt.TabFocusReason)
    }

    HitList {
        id: list

        anchors.top: top.bottom
        anchors.bottom: reach.top
        x: 10
        width: parent.width - x
        search: root.search
        onMessageChosen: (roomId, eventId) => root.messageChosen(roomId, eventId)
        onEscaped: top.begin()
    }

    SearchStates {
        anchors.top: top.bottom
        anchors.bottom: reach.top
        width: parent.width
        search: root.search
        empty: list.count === 0
    }

    Item {
        id: reach

        width: parent.width
        height: visible ? words.implicitHeight + Theme.gap8 + Theme.gap12 : 0
        anchors.bottom: parent.bottom
        visible: root.search.reachText !== ""

        StyledText {
            id: words

            x: 18
            y: Theme.gap8
            width: parent.width - x - Theme.gap16
            step: Theme.caption
            text: root.search.reachText
            color: Theme.colour.text3
            wrapMode: Text.Wrap
        }
    }
}
