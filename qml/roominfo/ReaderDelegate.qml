// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Somebody in the conversation, or a device of theirs below them: whether it reads what is written, and why.
Item {
    id: root

    required property string userId
    required property bool isDevice
    required property string name
    required property string line
    required property int level
    required property string spoken
    property bool current: false
    readonly property list<string> signs: [root.isDevice ? "monitor" : "user", "shield-check", "triangle-alert", "shield-alert"]
    readonly property list<color> inks: [Theme.colour.text2, Theme.colour.success, Theme.colour.warning, Theme.colour.danger]

    signal chosen(string userId, string name)

    height: words.height + (root.isDevice ? Theme.gap8 : Theme.gap16)

    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken
    Accessible.focusable: true
    Accessible.focused: root.current
    Accessible.onPressAction: root.chosen(root.userId, root.name)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusControl
        color: pointer.hovered ? Theme.colour.hover : "transparent"
        Accessible.ignored: true
    }

    HoverHandler {
        id: pointer

        cursorShape: Qt.PointingHandCursor
    }

    TapHandler {
        onTapped: root.chosen(root.userId, root.name)
    }

    Symbol {
        id: sign

        x: root.isDevice ? 30 : 4
        y: words.y + Math.round((Theme.ui.lineHeight - height) / 2)
        name: root.signs[root.level]
        size: 18
        colour: root.inks[root.level]
    }

    Column {
        id: words

        x: sign.x + sign.width + Theme.gap8
        y: Math.round((root.height - height) / 2)
        width: parent.width - x

        StyledText {
            width: parent.width
            step: root.isDevice ? Theme.small : Theme.ui
            font.weight: root.isDevice ? Font.Normal : Font.Medium
            text: root.name
            Accessible.ignored: true
        }

        StyledText {
            width: parent.width
            step: Theme.small
            text: root.line
            color: root.level === RoomReadersModel.Caution ? Theme.colour.warning : root.level === RoomReadersModel.Danger ? Theme.colour.danger : Theme.colour.text2
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }

    FocusRing {
        shown: root.current
        distance: -1
    }
}
