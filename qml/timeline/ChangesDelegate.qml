// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// Many changes of the conversation in a row, quietly in one line: how many, by whom. A click or Enter shows each.
TimelineLine {
    id: root

    required property string line
    required property string timeText

    signal changesWanted(string key)

    Keys.onReturnPressed: root.changesWanted(root.key)
    Keys.onEnterPressed: root.changesWanted(root.key)
    Keys.onSpacePressed: root.changesWanted(root.key)

    Accessible.description: qsTr("Show each of them")
    Accessible.onPressAction: root.changesWanted(root.key)

    Rectangle {
        width: root.width
        height: words.height + 10
        color: hover.hovered || root.current ? Theme.colour.hover : Theme.colour.base

        HoverHandler {
            id: hover
        }

        TapHandler {
            onTapped: root.changesWanted(root.key)
        }

        Symbol {
            x: words.x - width - Theme.gap8
            y: words.y + Math.round((Theme.small.lineHeight - height) / 2)
            name: "chevron-down"
            size: 16
            colour: Theme.colour.text3
        }

        StyledText {
            id: words

            x: Theme.timelineIndent
            y: 5
            width: Math.min(Theme.readingWidth, parent.width - x - Theme.gap20 - 70)
            step: Theme.small
            text: root.line
            color: Theme.colour.text3
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        StyledText {
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap20
            y: 6
            step: Theme.caption
            text: root.timeText
            color: Theme.colour.text3
            Accessible.ignored: true
        }

        FocusRing {
            shown: root.current
            distance: -2
            around: 4
        }
    }
}
