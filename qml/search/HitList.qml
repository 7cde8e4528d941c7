// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Models

/// The messages that were found, as high as all of them; arrows move, Enter shows one in its conversation.
ListView {
    id: root

    required property SearchModel search
    /// More are not shown at once: who has not found it by then asks for something else.
    readonly property int most: 400

    signal messageChosen(string roomId, string eventId)
    signal escaped()
    signal moved(Item item)

    function choose() {
        const hit = root.currentItem as HitDelegate
        if (hit !== null)
            hit.choose()
    }

    model: root.search
    visible: root.count > 0
    interactive: false
    activeFocusOnTab: true
    keyNavigationEnabled: true
    currentIndex: -1
    highlightMoveDuration: 0

    onActiveFocusChanged: if (root.activeFocus && root.currentIndex < 0 && root.count > 0)
        root.currentIndex = 0

    onCurrentItemChanged: if (root.activeFocus && root.currentItem !== null)
        root.moved(root.currentItem)

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
        }
    }
}
