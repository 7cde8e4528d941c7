// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQml
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The time, a shield where there is something to know, and how far an own message has come.
Row {
    id: root

    required property string timeText
    required property string fullTime
    required property bool own
    required property int delivery
    required property int shield
    required property string shieldText
    /// Room that the text leaves free, the same for every line.
    readonly property int reserved: Math.round(66 * Theme.growth)

    spacing: 4
    height: Theme.caption.lineHeight

    Symbol {
        anchors.verticalCenter: parent.verticalCenter
        visible: root.shield > 0
        name: visible ? "shield-alert" : ""
        size: 14
        colour: root.shield > 1 ? Theme.colour.danger : Theme.colour.text3

        HoverHandler {
            id: shieldHover
        }
    }

    StyledText {
        step: Theme.caption
        text: root.timeText
        color: Theme.colour.text3
        Accessible.ignored: true

        HoverHandler {
            id: timeHover
        }
    }

    Symbol {
        anchors.verticalCenter: parent.verticalCenter
        visible: root.own
        name: !root.own ? "" : root.delivery === TimelineModel.Sent ? "check" : root.delivery === TimelineModel.Failed ? "circle-alert" : "clock"
        size: 12
        colour: root.delivery === TimelineModel.Failed ? Theme.colour.danger : Theme.colour.text3
    }

    Instantiator {
        model: shieldHover.hovered || timeHover.hovered ? 1 : 0

        Tip {
            parent: root
            visible: true
            text: shieldHover.hovered ? root.shieldText : root.fullTime
        }
    }
}
