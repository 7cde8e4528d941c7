// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Shapes
import Parvis.Theme

/// A frame of dashes: something belongs here that is not here.
Item {
    id: root

    required property color ink
    readonly property real corner: Theme.radiusControl

    Shape {
        anchors.fill: parent

        ShapePath {
            strokeColor: root.ink
            strokeWidth: 1
            strokeStyle: ShapePath.DashLine
            dashPattern: [3, 3]
            fillColor: "transparent"
            startX: root.corner
            startY: 0.5

            PathLine { x: root.width - root.corner; y: 0.5 }
            PathArc { x: root.width - 0.5; y: root.corner; radiusX: root.corner; radiusY: root.corner }
            PathLine { x: root.width - 0.5; y: root.height - root.corner }
            PathArc { x: root.width - root.corner; y: root.height - 0.5; radiusX: root.corner; radiusY: root.corner }
            PathLine { x: root.corner; y: root.height - 0.5 }
            PathArc { x: 0.5; y: root.height - root.corner; radiusX: root.corner; radiusY: root.corner }
            PathLine { x: 0.5; y: root.corner }
            PathArc { x: root.corner; y: 0.5; radiusX: root.corner; radiusY: root.corner }
        }
    }
}
