// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Parvis.Controls
import Parvis.Theme

/// The rooms themselves; arrows move, Enter opens, Escape goes back to the search.
ListView {
    id: root

    required property string openRoomId

    signal roomChosen(string roomId)
    signal menuWanted(RoomDelegate row, point at)
    signal escaped()

    clip: true
    reuseItems: true
    activeFocusOnTab: true
    keyNavigationEnabled: true
    boundsBehavior: Flickable.StopAtBounds
    cacheBuffer: 240
    currentIndex: -1
    highlightMoveDuration: Theme.motion
    section.property: "section"
    section.delegate: root.sections.title
    ScrollBar.vertical: SlimScrollBar {}

    readonly property Sections sections: Sections {}

    function openMenuForCurrent() {
        const row = root.currentItem as RoomDelegate
        if (row !== null)
            root.menuWanted(row, Qt.point(80, row.height - 12))
    }

    /// Whole, also where the list has hardly room for one: Qt then shows the section's title and half of the room.
    function showCurrent() {
        const item = root.currentItem
        if (root.activeFocus && item !== null)
            root.contentY = Math.max(Math.min(root.contentY, item.y), item.y + item.height - root.height)
    }

    onActiveFocusChanged: {
        if (root.activeFocus && root.currentIndex < 0 && root.count > 0)
            root.currentIndex = 0
        root.showCurrent()
    }
    onHeightChanged: root.showCurrent()
    Keys.onEscapePressed: root.escaped()
    Keys.onMenuPressed: root.openMenuForCurrent()
    Keys.onPressed: event => {
        event.accepted = event.key === Qt.Key_F10 && (event.modifiers & Qt.ShiftModifier) !== 0
        if (event.accepted)
            root.openMenuForCurrent()
    }

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Conversations")

    delegate: RoomDelegate {
        width: root.width
        open: roomId === root.openRoomId
        current: root.activeFocus && ListView.isCurrentItem
        onChosen: id => root.roomChosen(id)
        onMenuWanted: (row, at) => root.menuWanted(row, at)
    }
}
