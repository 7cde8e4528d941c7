// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// A room in the list: who, what was said last, when, how much is unread.
Rectangle {
    id: root

    required property int index
    required property string roomId
    required property string name
    required property string preview
    required property string timeText
    required property int unread
    required property int highlight
    required property bool markedUnread
    required property bool favourite
    required property bool lowPriority
    required property bool invited
    required property bool external
    required property bool direct
    required property bool draft
    required property bool failed
    required property string initials
    required property int colour
    required property string spoken
    property bool open: false
    property bool current: false

    signal chosen(string id)
    signal menuWanted(RoomDelegate row, point at)

    readonly property bool fresh: root.unread > 0 || root.markedUnread || root.invited

    function choose() {
        root.ListView.view.currentIndex = root.index
        root.chosen(root.roomId)
    }

    height: Theme.roomRow
    color: root.open ? Theme.colour.selected : hover.hovered || root.current ? Theme.colour.hover : Theme.colour.sunken

    // A row that waits to be used again is nothing that a screen reader should find.
    ListView.onPooled: root.visible = false
    ListView.onReused: root.visible = true

    Keys.onReturnPressed: root.choose()
    Keys.onEnterPressed: root.choose()

    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken
    Accessible.focusable: true
    Accessible.focused: root.current
    Accessible.selectable: true
    Accessible.selected: root.open
    Accessible.onPressAction: root.choose()

    HoverHandler {
        id: hover
    }

    TapHandler {
        onTapped: root.choose()
        onLongPressed: root.menuWanted(root, point.position)
    }

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: point => root.menuWanted(root, point.position)
    }

    Rectangle {
        width: 3
        height: parent.height
        visible: root.open
        color: Theme.colour.accent
    }

    Avatar {
        id: picture

        x: Theme.gap16
        anchors.verticalCenter: parent.verticalCenter
        initials: root.initials
        colour: root.colour
        person: root.direct
    }

    RoomWords {
        x: picture.x + picture.width + 10
        width: parent.width - x - Theme.gap12
        anchors.verticalCenter: parent.verticalCenter
        name: root.name
        preview: root.preview
        timeText: root.timeText
        unread: root.unread
        highlight: root.highlight
        fresh: root.fresh
        invited: root.invited
        external: root.external
        draft: root.draft
        failed: root.failed
    }

    FocusRing {
        shown: root.current
        distance: -2
        around: 4
    }
}
