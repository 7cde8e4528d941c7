// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Templates as T
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Oneself, and what one can do with the account.
T.AbstractButton {
    id: root

    required property SessionModel session

    signal settingsWanted()
    signal logoutWanted()

    implicitWidth: Theme.railButton
    implicitHeight: Theme.railButton
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true

    onClicked: menu.popup(root, 0, -menu.implicitHeight)
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    // A menu button it cannot be: Qt 6.4 calls every such control a button once somebody listens.
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Account of %1").arg(root.session.displayName)
    Accessible.onPressAction: root.clicked()

    background: Item {
        Avatar {
            anchors.centerIn: parent
            size: 36
            initials: root.session.initials
            colour: root.session.colour
        }

        FocusRing {
            shown: root.visualFocus
            around: Theme.railButton / 2
            distance: 1
        }
    }

    PopupMenu {
        id: menu

        MenuRow {
            iconName: "settings"
            text: qsTr("Settings")
            onTriggered: root.settingsWanted()
        }

        MenuRow {
            iconName: "log-out"
            text: qsTr("Sign out…")
            onTriggered: root.logoutWanted()
        }
    }

    Tip {
        visible: root.hovered && !menu.visible
        text: root.session.displayName
    }
}
