// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The messages, newest at the bottom. Arrows move, the menu key opens what can be done with the line.
FocusScope {
    id: root

    required property TimelineModel timeline
    required property ComposerModel composer
    /// The newest line is in sight and stays there when another one comes.
    property bool stuck: true
    readonly property string roomId: root.timeline.roomId
    /// Pages asked for since the room was opened because those before did not fill the window.
    property int pagesByItself: 0
    readonly property int mostByItself: 5

    signal composerWanted()

    function toNewest() {
        list.positionViewAtBeginning()
        root.stuck = true
    }

    /// Also from a piece of the past.
    function returnToNewest() {
        if (!root.timeline.atEnd)
            root.timeline.backToNewest()
        root.toNewest()
    }

    function settle() {
        root.stuck = list.atYEnd && root.timeline.atEnd
        if (!root.stuck)
            root.timeline.lookedAway()
        root.reportSeen()
    }

    function fill() {
        list.forceLayout()
        const enough = list.contentHeight > list.height || root.pagesByItself === root.mostByItself
        if (root.timeline.loading || root.timeline.errorText !== "" || enough)
            return
        ++root.pagesByItself
        root.timeline.loadOlder()
    }

    function loadNearEdge() {
        if (list.contentY - list.originY < 2 * list.height)
            root.timeline.loadOlder()
        travel.loadNearEnd()
    }

    function reportSeen() {
        if (root.stuck && root.visible && root.Window.active)
            root.timeline.seen()
    }

    Component.onCompleted: root.fill()
    onRoomIdChanged: {
        root.pagesByItself = 0
        list.currentIndex = -1
        root.toNewest()
    }
    Window.onActiveChanged: if (root.Window.active)
        root.reportSeen()
    else
        root.timeline.leftAlone()

    // Not a property that follows it: filling changes it again.
    Connections {
        target: root.timeline as QtObject

        function onLoadingChanged() {
            root.fill()
        }
    }

    MessageList {
        id: list

        anchors.fill: parent
        focus: true
        timeline: root.timeline
        delegate: MessageChooser {
            view: list
            onMenuWanted: (item, at) => tools.openMenu(item, at)
            onPointed: line => tools.pointed = line as MessageFrame
            onRetryWanted: txnId => root.composer.retry(txnId)
            onCancelWanted: txnId => root.composer.cancel(txnId)
            onLinkWanted: url => root.timeline.openLink(url)
            onChangesWanted: key => list.unfold(key)
            onDetailsWanted: line => tools.openDetails(line)
            onHelpWanted: key => root.timeline.help(key)
            onFileWanted: (eventId, name, act) => tools.workOnFile(eventId, name, act)
        }
        topMargin: start.height
        onMenuAsked: tools.openMenuForCurrent()
        onEscaped: root.composerWanted()
        onCountChanged: {
            tools.pointed = null
            if (root.stuck)
                root.toNewest()
            root.reportSeen()
        }
        // Not at once: the list is about to lay its lines out, and what comes of it may change what that depends on.
        // qmllint disable
        onContentYChanged: Qt.callLater(root.loadNearEdge)
        // qmllint enable
        onHeightChanged: if (root.stuck)
            root.toNewest()
        onMovementEnded: root.settle()
        onCurrentIndexChanged: if (list.activeFocus)
            root.settle()

        // Not a header: Qt 6.4 cannot make a bound component for it.
        TimelineStart {
            id: start

            parent: list.contentItem
            y: list.originY - height
            width: list.width
            timeline: root.timeline
            empty: list.count === 0
            offersMore: root.pagesByItself === root.mostByItself && list.contentHeight <= list.height
        }

        Accessible.name: qsTr("Messages of %1").arg(root.timeline.name)
    }

    TimelineStates {
        anchors.fill: parent
        timeline: root.timeline
        empty: list.count === 0
    }

    NewestButton {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.gap20
        visible: list.count > 0 && (!root.timeline.atEnd || !root.stuck && !list.atYEnd && list.contentHeight > list.height)
        onClicked: {
            root.returnToNewest()
            list.currentIndex = 0
        }
    }

    TimelineTravel {
        id: travel

        timeline: root.timeline
        list: list
        onArrived: root.stuck = false
    }

    HoverHandler { id: pointer }

    LineTools {
        id: tools

        anchors.fill: parent
        view: list
        timeline: root.timeline
        composer: root.composer
        hovered: pointer.hovered
        onEditBegun: root.composerWanted()
    }
}
