// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Shapes

/// Lines of a paved court that run to one point: an ornament, and nothing more.
Item {
    id: root

    required property color ink

    readonly property real horizon: root.height * 0.34

    Accessible.ignored: true

    Shape {
        anchors.fill: parent
        opacity: 0.22

        ShapePath {
            strokeColor: root.ink
            strokeWidth: 1
            fillColor: "transparent"

            PathMove { x: root.width * 0.5; y: root.horizon }
            PathLine { x: -root.width * 0.9; y: root.height }
            PathMove { x: root.width * 0.5; y: root.horizon }
            PathLine { x: -root.width * 0.2; y: root.height }
            PathMove { x: root.width * 0.5; y: root.horizon }
            PathLine { x: root.width * 0.27; y: root.height }
            PathMove { x: root.width * 0.5; y: root.horizon }
            PathLine { x: root.width * 0.73; y: root.height }
            PathMove { x: root.width * 0.5; y: root.horizon }
            PathLine { x: root.width * 1.2; y: root.height }
            PathMove { x: root.width * 0.5; y: root.horizon }
            PathLine { x: root.width * 1.9; y: root.height }
        }

        ShapePath {
            strokeColor: root.ink
            strokeWidth: 1
            fillColor: "transparent"

            PathMove { x: 0; y: root.horizon + (root.height - root.horizon) * 0.06 }
            PathLine { x: root.width; y: root.horizon + (root.height - root.horizon) * 0.06 }
            PathMove { x: 0; y: root.horizon + (root.height - root.horizon) * 0.15 }
            PathLine { x: root.width; y: root.horizon + (root.height - root.horizon) * 0.15 }
            PathMove { x: 0; y: root.horizon + (root.height - root.horizon) * 0.29 }
            PathLine { x: root.width; y: root.horizon + (root.height - root.horizon) * 0.29 }
            PathMove { x: 0; y: root.horizon + (root.height - root.horizon) * 0.5 }
            PathLine { x: root.width; y: root.horizon + (root.height - root.horizon) * 0.5 }
            PathMove { x: 0; y: root.horizon + (root.height - root.horizon) * 0.8 }
            PathLine { x: root.width; y: root.horizon + (root.height - root.horizon) * 0.8 }
        }
    }
}
