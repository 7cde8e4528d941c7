// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// What this step is about.
Column {
    id: root

    required property string title
    required property string text

    spacing: 6

    StyledText {
        width: parent.width
        step: Theme.welcome
        text: root.title
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
    }

    StyledText {
        width: parent.width
        visible: root.text !== ""
        text: root.text
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }
}
