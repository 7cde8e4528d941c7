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

    implicitWidth: words.x + words.implicitWidth + 18
    implicitHeight: words.implicitHeight

    Symbol {
        id: sign

        x: 10
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        size: 18
        colour: root.iconInk
    }

    StyledText {
        id: words

        x: sign.x + sign.width + 10
        width: parent.width - x - 10
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        color: root.ink
        Accessible.ignored: true
    }
}
