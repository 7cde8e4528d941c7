// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// The three numbers, where the other side cannot show pictures.
Rectangle {
    id: root

    required property string numbers

    implicitHeight: words.height + 2 * Theme.gap16
    radius: Theme.radiusCard
    color: Theme.colour.sunken

    Accessible.role: Accessible.StaticText
    Accessible.name: root.numbers

    StyledText {
        id: words

        y: Theme.gap16
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        step: Theme.welcome
        text: root.numbers
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
