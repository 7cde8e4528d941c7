// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
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

    implicitWidth: root.size
    implicitHeight: root.size
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    opacity: root.enabled ? 1 : 0.5

    /// What a click does, for keys and screen readers: Qt 6.4 has no click() of its own.
    function act() {
        if (root.checkable)
            root.toggle()
        root.clicked()
    }

    Keys.onReturnPressed: root.act()
    Keys.onEnterPressed: root.act()

    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.act()
    Accessible.onToggleAction: root.act()

    background: Rectangle {
        radius: Theme.radiusControl
        color: root.checked ? Theme.colour.selected : root.hovered || root.down ? Theme.colour.hover : "transparent"

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
            colour: root.checked ? Theme.colour.accent : root.ink
        }
    }

    Tip {
        visible: root.hovered && root.text !== ""
        text: root.shortcutText === "" ? root.text : qsTr("%1 (%2)").arg(root.text).arg(root.shortcutText)
    }
}
