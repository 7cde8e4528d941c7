// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Theme

/// A verb in a menu.
MenuItem {
    id: root

    property string iconName: ""
    property bool dangerous: false

    height: visible ? implicitHeight : 0
    implicitHeight: Theme.control
    implicitWidth: Math.min(implicitContentWidth, Math.round(400 * Theme.growth))
    padding: 0

    Accessible.role: Accessible.MenuItem
    Accessible.name: root.text
    Accessible.description: root.enabled ? "" : qsTranslate("Controls", "Not available at the moment")
    Accessible.onPressAction: if (root.enabled)
        root.triggered()

    background: Rectangle {
        radius: 6
        color: root.highlighted || root.hovered ? Theme.colour.hover : "transparent"
    }

    indicator: null
    arrow: null

    contentItem: MenuRowContent {
        text: root.text
        iconName: root.iconName
        ink: root.dangerous ? Theme.colour.danger : Theme.colour.text1
        iconInk: root.dangerous ? Theme.colour.danger : Theme.colour.text2
    }
}
