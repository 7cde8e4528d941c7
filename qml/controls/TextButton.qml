// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Templates as T
import Parvis.Theme

/// What the buttons with a word on them share: size, keys, name, ring. The look comes from the three colours.
T.AbstractButton {
    id: root

    property color ground: "transparent"
    property color groundHovered: Theme.colour.hover
    property color edge: "transparent"
    property color ink: Theme.colour.text1
    property int size: Theme.control
    property bool busy: false
    property string iconName: ""
    /// Longer words take two lines. A Flow does not narrow what is in it.
    property real mostWidth: root.parent instanceof Flow ? root.parent.width : Number.POSITIVE_INFINITY

    width: Math.min(root.implicitWidth, root.mostWidth)
    implicitHeight: Math.max(root.size, implicitContentHeight + Theme.gap8)
    implicitWidth: Math.max(implicitContentWidth + leftPadding + rightPadding, root.size)
    leftPadding: root.size <= Theme.controlSmall ? 10 : 14
    rightPadding: leftPadding
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    opacity: root.enabled ? 1 : 0.5

    /// What a click does, for keys and screen readers: Qt 6.4 has no click() of its own, and lets the latter press
    /// what is disabled without telling them that it is.
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
        color: root.hovered || root.down ? root.groundHovered : root.ground
        border.width: 1
        border.color: root.edge

        FocusRing {
            shown: root.visualFocus
        }
    }

    contentItem: ButtonContent {
        text: root.text
        iconName: root.iconName
        ink: root.ink
        busy: root.busy
        small: root.size <= Theme.controlSmall
    }
}
