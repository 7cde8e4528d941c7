// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// A key to press, as a hint for the eye.
Rectangle {
    id: root

    required property string text

    implicitWidth: words.implicitWidth + 12
    implicitHeight: words.implicitHeight + 2
    radius: Theme.radiusTag
    color: "transparent"
    border.width: 1
    border.color: Theme.colour.line

    Accessible.ignored: true

    StyledText {
        id: words

        anchors.centerIn: parent
        step: Theme.caption
        text: root.text
        color: Theme.colour.text3
        Accessible.ignored: true
    }
}
