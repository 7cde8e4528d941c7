// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// All conversations, with how many of them wait.
T.AbstractButton {
    id: root

    required property RoomListModel rooms
    required property bool current

    implicitWidth: Theme.railButton
    implicitHeight: Theme.railButton
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    text: qsTr("Conversations")

    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    Accessible.role: Accessible.Button
    Accessible.name: root.rooms.unreadRooms > 0 ? qsTr("Conversations, %n unread", "", root.rooms.unreadRooms) : qsTr("All conversations")
    Accessible.onPressAction: root.clicked()

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.current ? Theme.colour.accent : root.hovered ? Theme.colour.selected : Theme.colour.hover

        FocusRing {
            shown: root.visualFocus
            around: Theme.radiusCard
            distance: 2
        }
    }

    contentItem: Item {
        StyledText {
            anchors.centerIn: parent
            text: "P"
            font.weight: Font.DemiBold
            color: root.current ? Theme.colour.inkOnAccent : Theme.colour.text2
            Accessible.ignored: true
        }

        Badge {
            x: parent.width - width + 6
            y: -6
            count: root.rooms.highlights > 0 ? root.rooms.highlights : root.rooms.unreadRooms
            weight: root.rooms.highlights > 0 ? Badge.Weight.Mention : Badge.Weight.Normal
            border.width: 2
            border.color: Theme.colour.sunken
        }
    }

    Instantiator {
        model: root.hovered ? 1 : 0

        Tip {
            parent: root
            visible: true
            text: root.text
        }
    }
}
