// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// What happened to the conversation itself, quietly.
TimelineLine {
    id: root

    required property string line
    required property string timeText

    Item {
        width: root.width
        height: root.line === "" ? 0 : words.height + 10

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
            visible: root.line !== ""
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
