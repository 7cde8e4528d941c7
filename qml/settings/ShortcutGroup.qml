// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// Keys that belong together, under their heading.
Column {
    id: root

    required property string title
    default property alias rows: lines.data

    spacing: Theme.gap4

    StyledText {
        width: parent.width
        font.weight: Font.DemiBold
        text: root.title
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
    }

    Column {
        id: lines

        width: parent.width
    }
}
