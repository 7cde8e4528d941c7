// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.RoomInfo
import Parvis.Search
import Parvis.Theme

/// The details of the open conversation, or the search in messages: beside it or, where there is no room for both, over
/// it.
FocusScope {
    id: root

    required property AppModel app
    required property HomeDialogs dialogs
    required property real pageWidth
    /// The search rather than the details.
    property bool searching: false
    readonly property bool over: root.pageWidth < Theme.overlayPaneBelow

    signal closeWanted()
    signal messageChosen(string roomId, string eventId)

    function turn(toEncryption: bool) {
        (details.made() as RoomPane).turn(toEncryption)
    }

    function beginSearch() {
        (search.made() as SearchPane).begin()
    }

    width: root.pageWidth < Theme.oneColumnBelow ? root.pageWidth : Math.min(Theme.sidePane, root.pageWidth)

    OnDemand {
        id: details

        wanted: root.visible && !root.searching

        RoomPane {
            parent: root
            anchors.fill: parent
            focus: !root.searching
            visible: root.visible && !root.searching
            members: root.app.members
            timeline: root.app.timeline
            security: root.app.security
            onPersonChosen: (userId, name) => root.dialogs.showPerson(userId, name)
            onCloseWanted: root.closeWanted()
        }
    }

    OnDemand {
        id: search

        wanted: root.visible && root.searching

        SearchPane {
            parent: root
            anchors.fill: parent
            focus: root.searching
            visible: root.visible && root.searching
            search: root.app.search
            roomName: root.app.openRoomId === "" ? "" : root.app.timeline.name
            onCloseWanted: root.closeWanted()
            onMessageChosen: (roomId, eventId) => root.messageChosen(roomId, eventId)
        }
    }
}
