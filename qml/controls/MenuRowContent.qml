// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick

/// The icon and the verb of a menu's row.
Item {
    id: root

    required property string text
    required property string iconName
    required property color ink
    required property color iconInk

    implicitWidth: words.implicitWidth + 56
    implicitHeight: words.implicitHeight

    Symbol {
        x: 10
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        size: 18
        colour: root.iconInk
    }

    StyledText {
        id: words

        x: 38
        width: parent.width - x - 10
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        color: root.ink
        Accessible.ignored: true
    }
}
