// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// The two lines of a room: name and time, then the last message, or that a text is begun, and the counts.
Item {
    id: root

    required property string name
    required property string preview
    required property string timeText
    required property int unread
    required property int highlight
    required property bool fresh
    required property bool invited
    required property bool external
    required property bool draft
    required property bool failed

    implicitHeight: Theme.ui.lineHeight + Theme.small.lineHeight
    height: implicitHeight

    StyledText {
        id: title

        width: Math.min(implicitWidth, parent.width - time.width - (tag.visible ? tag.width + 6 : 0) - 10)
        step: Theme.ui
        font.weight: root.fresh ? Font.DemiBold : Font.Medium
        text: root.name
        Accessible.ignored: true
    }

    Tag {
        id: tag

        x: title.width + 6
        y: Math.round((title.height - height) / 2)
        visible: root.external
        meaning: Tag.Meaning.Caution
        text: qsTr("Externals")
        Accessible.ignored: true
    }

    StyledText {
        id: time

        anchors.right: parent.right
        y: 2
        step: Theme.caption
        text: root.timeText
        color: Theme.colour.text3
        Accessible.ignored: true
    }

    Symbol {
        id: sign

        y: Theme.ui.lineHeight + Math.round((Theme.small.lineHeight - height) / 2)
        visible: root.failed || root.draft
        name: root.failed ? "circle-alert" : "pencil"
        size: 14
        colour: root.failed ? Theme.colour.danger : Theme.colour.text3
    }

    StyledText {
        x: sign.visible ? sign.width + 5 : 0
        y: Theme.ui.lineHeight
        width: parent.width - x - (badge.visible ? badge.width + 8 : dot.visible ? 20 : 0)
        step: Theme.small
        // Beside the pencil, somebody else's words would read as if they were the draft.
        text: root.draft && !root.failed ? qsTr("Draft") : root.preview
        color: Theme.colour.text2
        maximumLineCount: 1
        Accessible.ignored: true
    }

    Badge {
        id: badge

        anchors.right: parent.right
        y: Theme.ui.lineHeight
        count: root.highlight > 0 ? root.highlight : root.unread
        weight: root.highlight > 0 ? Badge.Weight.Mention : Badge.Weight.Normal
    }

    Rectangle {
        id: dot

        anchors.right: parent.right
        y: Theme.ui.lineHeight + Math.round((Theme.small.lineHeight - height) / 2)
        width: 10
        height: 10
        radius: 5
        visible: root.fresh && root.unread === 0 && root.highlight === 0
        color: Theme.colour.accent
        Accessible.ignored: true
    }
}
