// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// In the place of what cannot be read: why, whose it is where it stands for several, and what can be done about it.
DashedBox {
    id: root

    required property string line
    property string from: ""
    /// What the button says; empty: there is none.
    property string remedyText: ""
    /// Tells the button from others like it.
    required property string remedyName
    required property int most
    readonly property real said: people.visible ? people.y + people.height : people.y

    signal helpWanted()

    width: Math.max(words.contentWidth + 18, people.contentWidth + 18, remedy.visible ? remedy.width + 12 : 0) + words.x
    height: remedy.visible ? remedy.y + remedy.height + 10 : root.said + 8
    ink: Theme.colour.lineStrong

    Symbol {
        id: sign

        x: 13
        y: 8 + Math.round((Theme.ui.lineHeight - height) / 2)
        name: "lock"
        size: 14
        colour: Theme.colour.text2
    }

    StyledText {
        id: words

        x: sign.x + sign.width + 11
        y: 8
        width: root.most - x - 18
        text: root.line
        color: Theme.colour.text2
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    StyledText {
        id: people

        x: words.x
        y: words.y + words.height
        width: words.width
        visible: text !== ""
        step: Theme.small
        text: root.from
        color: Theme.colour.text3
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    SecondaryButton {
        id: remedy

        x: words.x
        y: root.said + 8
        width: Math.min(implicitWidth, words.width)
        visible: text !== ""
        size: Theme.controlSmall
        text: root.remedyText
        Accessible.name: root.remedyName
        onClicked: root.helpWanted()
    }
}
