// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// What the rooms below have in common.
Item {
    id: root

    property string text: ""

    height: Theme.caption.lineHeight + 14

    StyledText {
        x: Theme.gap16
        y: 10
        width: parent.width - 2 * Theme.gap16
        step: Theme.caption
        font.weight: Font.DemiBold
        text: root.text
        color: Theme.colour.text3
        Accessible.role: Accessible.Heading
    }
}
