// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Parvis.Controls
import Parvis.Models

/// Who reads and who does not, on which devices: those first who do not. Enter shows the person.
ListView {
    id: root

    required property RoomReadersModel readers

    signal personChosen(string userId, string name)

    function choose() {
        const reader = root.currentItem as ReaderDelegate
        if (reader !== null)
            reader.chosen(reader.userId, reader.name)
    }

    model: root.readers
    clip: true
    reuseItems: true
    activeFocusOnTab: true
    keyNavigationEnabled: true
    boundsBehavior: Flickable.StopAtBounds
    currentIndex: -1
    ScrollBar.vertical: SlimScrollBar {}

    function begin() {
        if (root.activeFocus && root.currentIndex < 0 && root.count > 0)
            root.currentIndex = 0
    }

    onActiveFocusChanged: root.begin()
    onCountChanged: root.begin()

    Keys.onReturnPressed: root.choose()
    Keys.onEnterPressed: root.choose()

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Who can read")

    FollowFocus {
        view: root
    }

    delegate: ReaderDelegate {
        width: root.width - 8
        current: root.activeFocus && ListView.isCurrentItem
        onChosen: (userId, name) => root.personChosen(userId, name)
    }
}
