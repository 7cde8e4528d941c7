// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// Back to the newest message.
IconButton {
    id: root

    iconName: "arrow-down"
    text: qsTr("To the newest message")

    background: Raised {
        radius: Theme.radiusControl
        color: root.hovered ? Theme.colour.hover : Theme.colour.raised

        FocusRing {
            shown: root.visualFocus
        }
    }
}
