// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Theme

/// What every line of a conversation has: its roles, the dividers above it, its name for a screen reader.
Item {
    id: root

    required property int index
    required property string key
    required property string eventId
    required property string txnId
    required property string spoken
    required property string dayText
    required property bool newLine
    required property ListView view
    default property alias content: below.data
    /// Where the line itself begins, below its dividers.
    readonly property int lineTop: below.y
    readonly property int dividerHeight: Theme.caption.lineHeight + 20
    readonly property bool current: root.view.activeFocus && root.ListView.isCurrentItem

    signal menuWanted(Item item, point at)

    width: root.view.width
    height: below.y + below.childrenRect.height

    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken
    Accessible.focusable: true
    Accessible.focused: root.current

    // A Repeater: few lines have a divider, and a line is made for each message.
    Repeater {
        id: dividers

        model: (root.dayText !== "" ? 1 : 0) + (root.newLine ? 1 : 0)

        Divider {
            required property int index

            y: index * root.dividerHeight
            width: root.width
            height: root.dividerHeight
            fresh: root.newLine && index === dividers.count - 1
            text: fresh ? qsTr("New messages") : root.dayText
        }
    }

    Item {
        id: below

        y: dividers.count * root.dividerHeight
        width: parent.width
    }
}
