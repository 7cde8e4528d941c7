// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// People before ids: the name, then the organisation in grey.
Item {
    id: root

    required property string name
    required property string organisation
    required property bool external

    height: Theme.ui.lineHeight

    StyledText {
        id: title

        width: Math.min(implicitWidth, parent.width - (tag.visible ? tag.width + Theme.gap8 : 0))
        font.weight: Font.DemiBold
        text: root.name
        Accessible.ignored: true
    }

    Tag {
        id: tag

        x: title.width + Theme.gap8
        y: Math.round((parent.height - height) / 2)
        visible: root.external
        meaning: Tag.Meaning.Caution
        text: qsTr("External guest")
        Accessible.ignored: true
    }

    StyledText {
        x: title.width + Theme.gap8 + (tag.visible ? tag.width + Theme.gap8 : 0)
        y: 1
        width: Math.max(0, Math.min(implicitWidth, parent.width - x))
        step: Theme.small
        text: root.organisation
        color: Theme.colour.text3
        Accessible.ignored: true
    }
}
