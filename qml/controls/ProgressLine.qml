// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// How far a long work is. Where that is not known, the line is full and faint.
Item {
    id: root

    required property string text
    /// 0 to 1; negative: not known.
    property real fraction: -1

    implicitHeight: words.height + Theme.gap8 + 6

    Accessible.role: Accessible.ProgressBar
    Accessible.name: root.text

    StyledText {
        id: words

        width: parent.width
        text: root.text
        color: Theme.colour.text2
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    Rectangle {
        y: words.height + Theme.gap8
        width: parent.width
        height: 6
        radius: 3
        color: Theme.colour.line
        border.width: 1
        border.color: Theme.colour.lineStrong

        Rectangle {
            width: root.fraction < 0 ? parent.width : Math.round(parent.width * root.fraction)
            height: parent.height
            radius: 3
            opacity: root.fraction < 0 ? 0.35 : 1
            color: Theme.colour.accent
        }
    }
}
