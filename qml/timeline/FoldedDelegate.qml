// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// Many messages in a row that cannot be read (yet): how many, why, whose. Each comes out once it can be read.
TimelineLine {
    id: root

    required property string line
    required property string from
    readonly property int textWidth: Math.min(Theme.readingWidth, root.width - 2 * Theme.gap20 - 36 - Theme.gap12)

    Item {
        width: root.width
        height: box.height + 2 * Theme.gap8

        DashedBox {
            id: box

            x: Theme.gap20 + 36 + Theme.gap12
            y: Theme.gap8
            width: Math.max(words.contentWidth, people.contentWidth) + 56
            height: people.y + people.height + 8
            ink: Theme.colour.lineStrong

            Symbol {
                x: 13
                y: 8 + Math.round((Theme.ui.lineHeight - height) / 2)
                name: "lock"
                size: 14
                colour: Theme.colour.text2
            }

            StyledText {
                id: words

                x: 38
                y: 8
                width: root.textWidth - x - 18
                text: root.line
                color: Theme.colour.text2
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }

            StyledText {
                id: people

                x: 38
                y: words.y + words.height
                width: words.width
                step: Theme.small
                text: root.from
                color: Theme.colour.text3
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }

        FocusRing {
            shown: root.current
            distance: -2
            around: 4
        }
    }
}
