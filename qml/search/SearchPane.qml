// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Window
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Beside the conversation: what was said, looked for by its words. Escape closes, once nothing is left to empty.
FocusScope {
    id: root

    required property SearchModel search
    /// Empty: no conversation is open.
    required property string roomName

    signal closeWanted()
    signal messageChosen(string roomId, string eventId)

    function begin() {
        top.begin()
    }

    function loadNearEnd() {
        if (scroll.contentY + 2 * scroll.height > scroll.contentHeight && list.count < list.most)
            root.search.loadMore()
    }

    Connections {
        target: root.search as QtObject

        // Another search begins at its top.
        function onModelReset() {
            scroll.contentY = 0
        }
    }

    onVisibleChanged: root.search.shown = root.visible
    Component.onCompleted: root.search.shown = root.visible
    Component.onDestruction: root.search.shown = false
    Keys.onEscapePressed: root.closeWanted()

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Search in messages")

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.base
    }

    Rectangle {
        width: 1
        height: parent.height
        color: Theme.colour.line
    }

    // All of it moves where the window is low: the hits would have no room below what is looked for.
    FocusScroll {
        id: scroll

        x: 1
        width: parent.width - x
        height: parent.height
        focus: true
        contentHeight: column.height
        // Where somebody has turned to by hand they stay, whatever comes below.
        onMovingChanged: if (moving)
            scroll.unfollowed = root.Window.activeFocusItem
        // qmllint disable
        onContentYChanged: Qt.callLater(root.loadNearEnd)
        onContentHeightChanged: Qt.callLater(root.loadNearEnd)
        // qmllint enable

        Column {
            id: column

            width: parent.width

            SearchTop {
                id: top

                x: 17
                width: parent.width - x - Theme.gap16
                focus: true
                search: root.search
                roomName: root.roomName
                onCloseWanted: root.closeWanted()
                onHitsWanted: if (list.count > 0)
                    list.forceActiveFocus(Qt.TabFocusReason)
            }

            HitList {
                id: list

                x: 9
                width: parent.width - x
                height: contentHeight
                search: root.search
                onMessageChosen: (roomId, eventId) => root.messageChosen(roomId, eventId)
                onEscaped: top.begin()
                onMoved: item => scroll.showItem(item)
            }

            SearchStates {
                width: parent.width
                height: visible ? Math.max(implicitHeight, scroll.height - top.height - reach.height) : 0
                search: root.search
                empty: list.count === 0
                onBegun: top.begin()
            }

            Column {
                x: 17
                width: parent.width - x - Theme.gap16
                visible: list.count > 0 && root.search.errorText !== ""
                topPadding: Theme.gap8
                spacing: Theme.gap8

                FieldError {
                    width: parent.width
                    text: root.search.errorText
                }

                SecondaryButton {
                    text: qsTr("Try again")
                    onClicked: {
                        top.begin()
                        root.search.retry()
                    }
                }
            }

            StyledText {
                id: reach

                x: 17
                width: parent.width - x - Theme.gap16
                height: text === "" ? 0 : contentHeight + Theme.gap24
                verticalAlignment: Text.AlignVCenter
                step: Theme.caption
                text: root.search.reachText
                color: Theme.colour.text3
                wrapMode: Text.Wrap
                Accessible.ignored: text === ""
            }
        }
    }
}
