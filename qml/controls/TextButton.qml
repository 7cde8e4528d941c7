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

    implicitHeight: root.size
    implicitWidth: Math.max(implicitContentWidth + leftPadding + rightPadding, root.size)
    leftPadding: root.size <= Theme.controlSmall ? 10 : 14
    rightPadding: leftPadding
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    opacity: root.enabled ? 1 : 0.5

    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()

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
