// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The narrow column on the left: home, a new conversation, settings, oneself.
FocusScope {
    id: root

    required property RoomListModel rooms
    required property SessionModel session
    required property bool settingsOpen

    signal homeWanted()
    signal newRoomWanted()
    signal settingsWanted()
    signal logoutWanted()

    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Main")

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.sunken
    }

    Rectangle {
        x: parent.width - 1
        width: 1
        height: parent.height
        color: Theme.colour.line
    }

    Column {
        anchors.horizontalCenter: parent.horizontalCenter
        topPadding: Theme.gap12
        spacing: 10

        HomeButton {
            focus: true
            rooms: root.rooms
            current: !root.settingsOpen
            onClicked: root.homeWanted()
        }

        IconButton {
            size: Theme.railButton
            iconName: "message-square-plus"
            text: qsTr("New conversation")
            Accessible.name: qsTr("Begin a new conversation")
            shortcutText: qsTr("Ctrl+N")
            onClicked: root.newRoomWanted()
        }
    }

    Column {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        bottomPadding: Theme.gap12
        spacing: 10

        IconButton {
            size: Theme.railButton
            on: root.settingsOpen
            iconName: "settings"
            text: qsTr("Settings")
            shortcutText: qsTr("Ctrl+,")
            onClicked: root.settingsOpen ? root.homeWanted() : root.settingsWanted()
        }

        AccountButton {
            session: root.session
            onSettingsWanted: root.settingsWanted()
            onLogoutWanted: root.logoutWanted()
        }
    }
}
