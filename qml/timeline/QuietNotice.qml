// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// What just happened, for a while, over the messages: nothing moves for it, and a screen reader says it.
Raised {
    id: root

    required property string text
    required property int most

    implicitWidth: Math.min(root.most, words.implicitWidth + words.x + Theme.gap16)
    implicitHeight: words.height + Theme.gap16
    visible: root.text !== ""
    radius: Theme.radiusControl

    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    Symbol {
        id: sign

        x: Theme.gap12
        y: words.y + Math.round((Theme.small.lineHeight - height) / 2)
        name: "info"
        size: 16
        colour: Theme.colour.accent
    }

    StyledText {
        id: words

        x: sign.x + sign.width + Theme.gap8
        y: Theme.gap8
        width: root.width - x - Theme.gap16
        step: Theme.small
        text: root.text
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
