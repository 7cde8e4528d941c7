// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Window
import Parvis.Theme

/// Keeps what has the keyboard in sight of a view that is longer than its place; Page Up and Page Down move the view.
Item {
    id: root

    required property Flickable view
    readonly property Item holder: root.Window.activeFocusItem
    /// What had the keyboard from the start: the view stays where it is until the keyboard goes on.
    property Item unfollowed: null
    /// What is to be in sight for now, and what had the keyboard when it was first shown.
    property Item said: null
    property Item heldMeanwhile: null
    readonly property real least: root.view.originY - root.view.topMargin
    readonly property real most: Math.max(root.least, root.view.originY + root.view.contentHeight + root.view.bottomMargin - root.view.height)
    /// With its label above and what is wrong with it below.
    readonly property int around: Theme.ui.lineHeight + Theme.gap12

    function inside(item: Item): bool {
        while (item !== null && item !== root.view.contentItem)
            item = item.parent
        return item !== null
    }

    function goTo(y: real) {
        root.view.contentY = Math.max(root.least, Math.min(root.most, y))
    }

    /// Until the keyboard goes on within the view.
    function saysStill(): bool {
        return root.said !== null && root.said.visible && (root.heldMeanwhile === null || root.heldMeanwhile === root.holder || !root.inside(root.holder))
    }

    function follow() {
        if (root.saysStill()) {
            root.heldMeanwhile = root.holder
            return root.show(root.said, 0)
        }
        root.said = null
        if (root.holder === root.unfollowed || !root.inside(root.holder))
            return
        root.unfollowed = null
        root.show(root.holder, Math.max(0, Math.min(root.around, (root.view.height - root.holder.height) / 2)))
    }

    /// Where things lie is not known before the layout has come to rest.
    function followSoon() {
        // qmllint disable
        Qt.callLater(root.follow)
        // qmllint enable
    }

    /// Also what has no keyboard: what has just been said below the edge, until everything has its place.
    function reveal(item: Item) {
        root.said = item
        root.heldMeanwhile = null
        layout.restart()
        root.followSoon()
    }

    function show(item: Item, around: real) {
        const top = item.mapToItem(root.view.contentItem, 0, 0).y - around
        const below = top + item.height + 2 * around - root.view.height
        root.goTo(Math.min(top, Math.max(root.view.contentY, below)))
    }

    function turnPage(event: KeyEvent) {
        const step = event.key === Qt.Key_PageDown ? 1 : event.key === Qt.Key_PageUp ? -1 : 0
        event.accepted = step !== 0 && root.most > root.least
        if (event.accepted)
            root.goTo(root.view.contentY + step * Math.max(Theme.ui.lineHeight, root.view.height - 2 * Theme.ui.lineHeight))
    }

    onHolderChanged: root.followSoon()

    Timer {
        id: layout

        interval: 600
        onTriggered: root.said = null
    }

    Connections {
        target: root.view

        function onHeightChanged() {
            root.followSoon()
        }

        function onContentHeightChanged() {
            root.followSoon()
        }
    }
}
