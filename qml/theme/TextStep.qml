// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick

/// One step of the type scale, in pixels before the person's text scale.
QtObject {
    id: root

    required property int size
    required property int line
    property int weight: Font.Normal
    required property real scale

    readonly property int pixelSize: Math.round(root.size * root.scale)
    /// Qt puts what a line has over the letters (1.21 of their size, in Inter) below them; half belongs above.
    readonly property int lift: Math.round((root.line - 1.21 * root.size) * root.scale / 2)
    readonly property int lineHeight: Math.round(root.line * root.scale)
}
