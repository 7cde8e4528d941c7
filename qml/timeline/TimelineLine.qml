// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick

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
    readonly property int lineTop: dividers.height
    readonly property bool current: root.view.activeFocus && root.ListView.isCurrentItem

    signal menuWanted(Item item, point at)

    width: root.view.width
    height: dividers.height + below.childrenRect.height

    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken
    Accessible.focusable: true
    Accessible.focused: root.current

    Column {
        id: dividers

        width: parent.width

        // Repeaters here and in what stands on a line: few lines have them, and a line is made for each message.
        Repeater {
            model: root.dayText !== "" ? 1 : 0

            Divider {
                width: dividers.width
                text: root.dayText
            }
        }

        Repeater {
            model: root.newLine ? 1 : 0

            Divider {
                width: dividers.width
                text: qsTr("New messages")
                fresh: true
            }
        }
    }

    Item {
        id: below

        y: dividers.height
        width: parent.width
    }
}
