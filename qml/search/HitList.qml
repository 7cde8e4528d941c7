// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Parvis.Controls
import Parvis.Models

/// The messages that were found; arrows move, Enter shows one in its conversation. More come as one nears the end.
ListView {
    id: root

    required property SearchModel search

    signal messageChosen(string roomId, string eventId)
    signal escaped()

    function choose() {
        const hit = root.currentItem as HitDelegate
        if (hit !== null)
            hit.choose()
    }

    function loadNearEnd() {
        if (root.contentY - root.originY + 2 * root.height > root.contentHeight)
            root.search.loadMore()
    }

    model: root.search
    visible: root.count > 0
    clip: true
    reuseItems: true
    activeFocusOnTab: true
    keyNavigationEnabled: true
    boundsBehavior: Flickable.StopAtBounds
    currentIndex: -1
    highlightMoveDuration: 0
    ScrollBar.vertical: SlimScrollBar {}

    onActiveFocusChanged: if (root.activeFocus && root.currentIndex < 0 && root.count > 0)
        root.currentIndex = 0
    // qmllint disable
    onContentYChanged: Qt.callLater(root.loadNearEnd)
    onCountChanged: Qt.callLater(root.loadNearEnd)
    // qmllint enable

    Keys.onReturnPressed: root.choose()
    Keys.onEnterPressed: root.choose()
    Keys.onEscapePressed: root.escaped()
    Keys.onUpPressed: event => {
        event.accepted = root.currentIndex <= 0
        if (event.accepted)
            root.escaped()
    }

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Messages that were found")

    delegate: HitDelegate {
        width: root.width - 8
        current: root.activeFocus && ListView.isCurrentItem
        onChosen: (roomId, eventId) => root.messageChosen(roomId, eventId)
    }

    // Another search begins at its top.
    Connections {
        target: root.search as QtObject

        function onModelReset() {
            root.currentIndex = -1
            root.positionViewAtBeginning()
        }
    }
}
