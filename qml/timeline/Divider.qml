// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// A word between two hairlines: a day, or where the new messages begin.
Item {
    id: root

    required property string text
    property bool fresh: false

    StyledText {
        id: words

        anchors.centerIn: parent
        step: Theme.caption
        font.weight: Font.Medium
        text: root.text
        color: root.fresh ? Theme.colour.danger : Theme.colour.text3
    }

    Rectangle {
        x: Theme.gap20
        width: words.x - Theme.gap12 - x
        height: 1
        anchors.verticalCenter: parent.verticalCenter
        color: root.fresh ? Theme.colour.danger : Theme.colour.line
        opacity: root.fresh ? 0.5 : 1
    }

    Rectangle {
        x: words.x + words.width + Theme.gap12
        width: root.width - Theme.gap20 - x
        height: 1
        anchors.verticalCenter: parent.verticalCenter
        color: root.fresh ? Theme.colour.danger : Theme.colour.line
        opacity: root.fresh ? 0.5 : 1
    }
}
