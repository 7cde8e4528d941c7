// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// A message without its content: ground, picture, who, when, how far it has come.
TimelineLine {
    id: root

    required property string sender
    required property string senderName
    required property string organisation
    required property bool external
    required property bool own
    required property bool mention
    required property bool firstOfGroup
    required property string timeText
    required property string fullTime
    required property int delivery
    required property int shield
    required property string shieldText
    required property string initials
    required property int colour
    required property bool edited
    default property alias blocks: column.data
    readonly property int textWidth: Math.min(Theme.readingWidth, ground.width - column.x - Theme.gap20 - stamp.reserved - Theme.gap12)

    signal pointed(Item line)

    Rectangle {
        id: ground

        width: parent.width
        height: column.y + column.height + 4
        color: root.mention ? Theme.colour.mention : hover.hovered || root.current ? Theme.colour.hover : root.own ? Theme.colour.own : Theme.colour.base

        HoverHandler {
            id: hover

            onHoveredChanged: if (hovered)
                root.pointed(root)
        }

        TapHandler {
            acceptedButtons: Qt.RightButton
            onTapped: point => root.menuWanted(root, point.position)
        }

        Avatar {
            x: Theme.gap20
            y: 6
            visible: root.firstOfGroup
            size: 36
            initials: root.initials
            colour: root.colour
        }

        SenderLine {
            id: who

            x: column.x
            y: 6
            width: stamp.x - x - Theme.gap12
            visible: root.firstOfGroup
            name: root.own ? qsTr("You") : root.senderName
            organisation: root.own ? "" : root.organisation
            external: root.external
        }

        Column {
            id: column

            x: Theme.timelineIndent
            y: root.firstOfGroup ? who.y + who.height : 1
            width: ground.width - x - Theme.gap20
            spacing: 4
        }

        MessageStamp {
            id: stamp

            x: ground.width - width - Theme.gap20
            y: root.firstOfGroup ? 8 : 3
            timeText: root.timeText
            fullTime: root.fullTime
            own: root.own
            delivery: root.delivery
            shield: root.shield
            shieldText: root.shieldText
        }

        // Made for the one line that has the keyboard.
        Loader {
            anchors.fill: parent
            active: root.current

            sourceComponent: FocusRing {
                shown: true
                distance: -2
                around: 4
            }
        }
    }
}
