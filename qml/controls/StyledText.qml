// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// Text in one step of the type scale. Plain: what people and servers write is never markup.
Text {
    id: root

    property TextStep step: Theme.ui

    color: Theme.colour.text1
    textFormat: Text.PlainText
    elide: root.wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
    font.family: Theme.family
    font.pixelSize: root.step.pixelSize
    font.weight: root.step.weight
    lineHeightMode: Text.FixedHeight
    lineHeight: root.step.lineHeight
    topPadding: root.step.lift
    bottomPadding: -root.step.lift

    Accessible.role: Accessible.StaticText
    Accessible.name: root.text
}
