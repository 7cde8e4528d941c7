// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// The frame of a text field: 3:1 against its surface; doubled by the ring when it has the keyboard.
Rectangle {
    id: root

    property bool focused: false
    property bool wrong: false

    radius: Theme.radiusControl
    color: Theme.colour.base
    border.width: 1
    border.color: root.wrong ? Theme.colour.danger : Theme.colour.lineStrong

    FocusRing {
        shown: root.focused
    }
}
