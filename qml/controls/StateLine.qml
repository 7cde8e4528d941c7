// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// How something stands: a sign and a sentence, the sign never by its colour alone.
Item {
    id: root

    enum Level { Unknown, Good, Caution, Danger }

    required property string text
    property int level: StateLine.Level.Unknown
    readonly property list<string> signs: ["clock", "shield-check", "triangle-alert", "circle-alert"]
    readonly property list<color> inks: [Theme.colour.text2, Theme.colour.success, Theme.colour.warning, Theme.colour.danger]

    implicitHeight: words.height

    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    Symbol {
        id: sign

        y: Math.round((Theme.ui.lineHeight - height) / 2)
        name: root.signs[root.level]
        size: 18
        colour: root.inks[root.level]
    }

    StyledText {
        id: words

        x: sign.width + 10
        width: parent.width - x
        text: root.text
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
