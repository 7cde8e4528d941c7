// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// Title, body that scrolls where the window is low, buttons.
FocusScope {
    id: root

    required property string title
    property alias body: column.data
    property alias footer: buttons.data

    implicitHeight: heading.height + Theme.gap8 + column.implicitHeight + Theme.gap24 + buttons.height
    focus: true

    Accessible.role: Accessible.Dialog
    Accessible.name: root.title

    StyledText {
        id: heading

        width: parent.width
        step: Theme.dialog
        text: root.title
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
    }

    Flickable {
        id: scroll

        // The rings of the fields reach over their edges.
        readonly property int overhang: 6

        x: -overhang
        y: heading.height + Theme.gap8 - overhang
        width: parent.width + 2 * overhang
        height: buttons.y - Theme.gap24 - y + overhang
        contentHeight: column.implicitHeight + 2 * overhang
        boundsBehavior: Flickable.StopAtBounds
        clip: contentHeight > height

        Column {
            id: column

            x: scroll.overhang
            y: scroll.overhang
            width: parent.width - 2 * scroll.overhang
            spacing: Theme.gap16
        }
    }

    Flow {
        id: buttons

        y: root.height - height
        width: parent.width
        layoutDirection: Qt.RightToLeft
        spacing: 10
    }
}
