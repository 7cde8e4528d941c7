// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Parvis.Theme

/// An icon that does something; its name is its tip and what a screen reader says.
T.AbstractButton {
    id: root

    required property string iconName
    property int size: Theme.control
    property int iconSize: Math.round(20 * Theme.columnGrowth)
    property color ink: root.enabled ? Theme.colour.text2 : Theme.colour.text3
    property string shortcutText: ""
    /// What it opens is open, what it shows is shown. Not "checked": Qt calls what is checkable a check box.
    property bool on: false

    implicitWidth: root.size
    implicitHeight: root.size
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    opacity: root.enabled ? 1 : 0.5

    /// What a click does, see TextButton.
    function act() {
        if (root.enabled)
            root.clicked()
    }

    Keys.onReturnPressed: root.act()
    Keys.onEnterPressed: root.act()

    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.description: root.enabled ? "" : qsTranslate("Controls", "Not available at the moment")
    Accessible.onPressAction: root.act()

    background: Rectangle {
        radius: Theme.radiusControl
        color: root.on ? Theme.colour.selected : root.hovered || root.down ? Theme.colour.hover : "transparent"

        FocusRing {
            shown: root.visualFocus
            distance: 2
        }
    }

    contentItem: Item {
        Symbol {
            anchors.centerIn: parent
            name: root.iconName
            size: root.iconSize
            colour: root.on ? Theme.colour.accent : root.ink
        }
    }

    Instantiator {
        model: root.hovered && root.text !== "" ? 1 : 0

        Tip {
            parent: root
            visible: true
            text: root.shortcutText === "" ? root.text : qsTr("%1 (%2)").arg(root.text).arg(root.shortcutText)
        }
    }
}
