// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What must be known before writing: encrypted or not, externals, public.
Row {
    id: root

    required property TimelineModel timeline

    spacing: 6

    Tag {
        visible: root.timeline.encrypted
        meaning: Tag.Meaning.Success
        iconName: "lock"
        text: qsTr("Encrypted")
    }

    Tag {
        visible: !root.timeline.encrypted && !root.timeline.isPublic && !root.timeline.invited
        meaning: Tag.Meaning.Caution
        iconName: "lock-open"
        text: qsTr("Not encrypted")
    }

    Tag {
        visible: root.timeline.external
        meaning: Tag.Meaning.Caution
        text: qsTr("Externals")
    }

    Tag {
        visible: root.timeline.isPublic
        meaning: Tag.Meaning.Information
        iconName: "globe"
        text: qsTr("Public")
    }
}
