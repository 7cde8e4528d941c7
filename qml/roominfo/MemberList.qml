// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Parvis.Controls

/// The members, those with more rights first, the invited last.
ListView {
    id: root

    signal personChosen(string userId, string name)

    clip: true
    reuseItems: true
    activeFocusOnTab: true
    keyNavigationEnabled: true
    boundsBehavior: Flickable.StopAtBounds
    currentIndex: -1
    ScrollBar.vertical: SlimScrollBar {}

    onActiveFocusChanged: if (root.activeFocus && root.currentIndex < 0 && root.count > 0)
        root.currentIndex = 0

    Keys.onReturnPressed: root.choose()
    Keys.onEnterPressed: root.choose()

    function choose() {
        const member = root.currentItem as MemberDelegate
        if (member !== null)
            member.chosen(member.userId, member.name)
    }

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Members")

    // The fields above and the button below the members.
    FollowFocus {
        view: root
    }

    delegate: MemberDelegate {
        width: root.width - 8
        current: root.activeFocus && ListView.isCurrentItem
        onChosen: (userId, name) => root.personChosen(userId, name)
    }
}
