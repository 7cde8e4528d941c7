// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Oneself, and what one can do with the account.
T.AbstractButton {
    id: root

    required property SessionModel session
    /// Its menu is open.
    property bool asking: false

    signal settingsWanted()
    signal logoutWanted()

    implicitWidth: Theme.railButton
    implicitHeight: Theme.railButton
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true

    onClicked: {
        const shown = menu.made() as PopupMenu
        shown.popup(root, 0, -shown.implicitHeight)
    }
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

    OnDemand {
        id: menu

        PopupMenu {
            parent: root
            onVisibleChanged: root.asking = visible

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
    }

    Instantiator {
        model: root.hovered && !root.asking ? 1 : 0

        Tip {
            parent: root
            visible: true
            text: root.session.displayName
        }
    }
}
