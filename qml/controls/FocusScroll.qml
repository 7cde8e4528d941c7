// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

/// What may be longer than its place: it follows the keyboard, and its bar says that there is more.
Flickable {
    id: root

    readonly property bool overflows: root.contentHeight > root.height + 1
    property alias unfollowed: follower.unfollowed

    /// Also for keys that come from beside the view.
    function turnPage(event: KeyEvent) {
        follower.turnPage(event)
    }

    /// Whatever has the keyboard is in sight from now on.
    function followAll() {
        follower.unfollowed = null
        follower.followSoon()
    }

    /// By no more than it takes; it is not followed from then on.
    function showItem(item: Item) {
        follower.unfollowed = follower.holder
        follower.show(item, 0)
    }

    function reveal(item: Item) {
        follower.reveal(item)
    }

    boundsBehavior: Flickable.StopAtBounds
    interactive: root.overflows
    clip: root.overflows
    ScrollBar.vertical: SlimScrollBar {
        lasting: true
    }

    Keys.onPressed: event => follower.turnPage(event)

    FollowFocus {
        id: follower

        view: root
    }
}
