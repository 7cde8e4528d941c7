// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// A message that cannot be read (yet): why, in one plain sentence. It becomes readable by itself.
MessageFrame {
    id: root

    required property string line

    Item {
        width: root.textWidth
        height: box.height + 4

        DashedBox {
            id: box

            y: 2
            width: words.contentWidth + 56
            height: words.height + 16
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
        }
    }
}
