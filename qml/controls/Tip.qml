// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Theme

/// The name of an icon, when the pointer rests on it.
ToolTip {
    id: root

    delay: 600
    padding: 6
    leftPadding: 10
    rightPadding: 10

    background: Rectangle {
        radius: 6
        color: Theme.colour.text1
    }

    contentItem: StyledText {
        step: Theme.caption
        text: root.text
        color: Theme.colour.base
        Accessible.ignored: true
    }
}
