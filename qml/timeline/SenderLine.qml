// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Theme

/// People before ids: the name, then the organisation in grey.
Item {
    id: root

    required property string name
    required property string organisation
    required property bool external
    property Item tag: null
    readonly property real tagRoom: root.tag === null ? 0 : root.tag.width + Theme.gap8

    height: Theme.ui.lineHeight

    StyledText {
        id: title

        width: Math.min(implicitWidth, parent.width - root.tagRoom)
        font.weight: Font.DemiBold
        text: root.name
        Accessible.ignored: true
    }

    Repeater {
        model: root.external ? 1 : 0
        onItemAdded: (index, item) => root.tag = item
        onItemRemoved: root.tag = null

        Tag {
            x: title.width + Theme.gap8
            y: Math.round((root.height - height) / 2)
            meaning: Tag.Meaning.Caution
            text: qsTr("External guest")
            Accessible.ignored: true
        }
    }

    StyledText {
        x: title.width + Theme.gap8 + root.tagRoom
        y: 1
        width: Math.max(0, Math.min(implicitWidth, parent.width - x))
        step: Theme.small
        text: root.organisation
        color: Theme.colour.text3
        Accessible.ignored: true
    }
}
