// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import QtQuick.Window
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The lines of a conversation, drawn from the bottom up. Arrows, pages, Home and End move; Enter, the menu key and
/// Shift+F10 ask what can be done with the line.
ListView {
    id: root

    required property TimelineModel timeline
    /// The line under the keyboard, while it is exchanged for what it says now.
    property string leaving: ""

    signal menuAsked()
    signal escaped()

    function moveBy(step: int) {
        root.currentIndex = Math.max(0, Math.min(root.count - 1, root.currentIndex + step))
    }

    /// Tab leads into the list by its current line, from either side: not by a button of some line, the one that had the
    /// keyboard last or the one that was made last.
    function beginAtLine() {
        const button = root.Window.activeFocusItem as T.Control
        if (button === null || !root.activeFocus)
            return
        button.focus = false
        const line = root.currentItem ?? root
        line.forceActiveFocus(Qt.TabFocusReason)
    }

    /// Shows each of the changes that one line told; a keyboard that was on it goes on with the first of them.
    function unfold(key: string) {
        const line = root.currentItem as TimelineLine
        const here = root.activeFocus && line !== null && line.key === key
        const at = root.currentIndex
        const lines = root.timeline.unfold(key)
        root.leaving = ""
        if (here)
            root.currentIndex = at + lines - 1
    }

    function findAgain() {
        const row = root.timeline.rowOf(root.leaving)
        root.leaving = ""
        if (row >= 0)
            root.currentIndex = row
    }

    model: root.timeline
    activeFocusOnTab: true
    clip: true
    verticalLayoutDirection: ListView.BottomToTop
    reuseItems: true
    cacheBuffer: 400
    boundsBehavior: Flickable.StopAtBounds
    currentIndex: -1
    highlightFollowsCurrentItem: true
    highlightMoveDuration: 0
    keyNavigationEnabled: true
    bottomMargin: Theme.gap8
    ScrollBar.vertical: SlimScrollBar {}

    onActiveFocusChanged: {
        // Asked first: a line that becomes the current one takes the keyboard for a reason of its own.
        const button = root.Window.activeFocusItem as T.Control
        const byTab = button !== null && (button.focusReason === Qt.TabFocusReason || button.focusReason === Qt.BacktabFocusReason)
        if (root.activeFocus && root.currentIndex < 0)
            root.currentIndex = 0
        // qmllint disable
        if (root.activeFocus && byTab)
            Qt.callLater(root.beginAtLine)
        // qmllint enable
    }

    Keys.onEscapePressed: root.escaped()
    Keys.onMenuPressed: root.menuAsked()
    Keys.onReturnPressed: root.menuAsked()
    Keys.onPressed: event => {
        if (event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier)
            root.menuAsked()
        else if (event.key === Qt.Key_End)
            root.currentIndex = 0
        else if (event.key === Qt.Key_Home)
            root.currentIndex = root.count - 1
        else if (event.key === Qt.Key_PageUp)
            root.moveBy(10)
        else if (event.key === Qt.Key_PageDown)
            root.moveBy(-10)
        else
            return
        event.accepted = true
    }

    Accessible.role: Accessible.List

    FollowFocus {
        view: root
    }

    // A message that becomes readable is another line in the same place: the keyboard stays there.
    Connections {
        target: root.timeline as QtObject

        function onRowsAboutToBeRemoved(parent, first, last) {
            const line = root.currentItem as TimelineLine
            root.leaving = line !== null && root.currentIndex >= first && root.currentIndex <= last ? line.key : ""
        }

        function onRowsInserted() {
            if (root.leaving === "")
                return
            // qmllint disable
            Qt.callLater(root.findAgain)
            // qmllint enable
        }
    }
}
