// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// What went wrong, beside where it did: a sign and a sentence, never a colour alone.
Item {
    id: root

    required property string text

    visible: root.text !== ""
    implicitHeight: visible ? words.implicitHeight : 0

    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    Symbol {
        id: sign

        y: Math.round((Theme.small.lineHeight - height) / 2)
        name: "circle-alert"
        size: 16
        colour: Theme.colour.danger
    }

    StyledText {
        id: words

        x: sign.width + Theme.gap8
        width: parent.width - x
        step: Theme.small
        text: root.text
        color: Theme.colour.danger
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
