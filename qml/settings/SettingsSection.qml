// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// A heading, what is under it, and why it cannot be changed where that is so.
FocusScope {
    id: root

    required property string title
    property bool locked: false
    property string iconName: ""
    default property alias content: column.data

    implicitHeight: heading.height + Theme.gap8 + (lock.visible ? lock.height + Theme.gap8 : 0) + column.height

    Accessible.role: Accessible.Grouping
    Accessible.name: root.title

    Symbol {
        id: sign

        y: Math.round((heading.height - height) / 2)
        name: root.iconName
        size: 18
        colour: Theme.colour.text2
    }

    StyledText {
        id: heading

        x: sign.width + 10
        width: parent.width - x
        font.pixelSize: Theme.message.pixelSize
        font.weight: Font.DemiBold
        text: root.title
        Accessible.role: Accessible.Heading
    }

    Tag {
        id: lock

        x: sign.width + 10
        y: heading.height + Theme.gap8
        visible: root.locked
        meaning: Tag.Meaning.Caution
        iconName: "lock"
        text: qsTr("Fixed by your administration")
    }

    Column {
        id: column

        x: Theme.gap20
        y: heading.height + Theme.gap8 + (lock.visible ? lock.height + Theme.gap8 : 0)
        width: parent.width - x
        spacing: 2
    }
}
