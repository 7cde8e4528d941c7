// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// A member: who, from where, with which rights.
Item {
    id: root

    required property string userId
    required property string name
    required property string organisation
    required property string rank
    required property bool external
    required property string initials
    required property int colour
    required property string spoken
    property bool current: false

    signal chosen(string userId, string name)

    height: Math.round(50 * Theme.growth)

    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken
    Accessible.focusable: true
    Accessible.focused: root.current
    Accessible.onPressAction: root.chosen(root.userId, root.name)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusControl
        color: pointer.hovered ? Theme.colour.hover : "transparent"
        Accessible.ignored: true
    }

    HoverHandler {
        id: pointer

        cursorShape: Qt.PointingHandCursor
    }

    TapHandler {
        onTapped: root.chosen(root.userId, root.name)
    }

    Avatar {
        id: picture

        x: Theme.gap8
        anchors.verticalCenter: parent.verticalCenter
        size: 36
        initials: root.initials
        colour: root.colour
    }

    Column {
        x: picture.x + picture.width + 10
        width: tag.x - x - Theme.gap8
        anchors.verticalCenter: parent.verticalCenter

        StyledText {
            width: parent.width
            text: root.name
            Accessible.ignored: true
        }

        StyledText {
            width: parent.width
            step: Theme.small
            text: root.organisation
            color: Theme.colour.text2
            Accessible.ignored: true
        }
    }

    Tag {
        id: tag

        x: parent.width - Theme.gap8 - (visible ? width : 0)
        anchors.verticalCenter: parent.verticalCenter
        visible: text !== ""
        meaning: root.external ? Tag.Meaning.Caution : Tag.Meaning.Information
        text: root.external ? qsTr("External guest") : root.rank
        Accessible.ignored: true
    }

    FocusRing {
        shown: root.current
        distance: -1
    }
}
