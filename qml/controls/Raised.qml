// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Theme

/// What floats: a raised ground, a hairline and a soft shadow. Drawn in rings, as the software renderer has no blur.
Rectangle {
    id: root

    color: Theme.colour.raised
    radius: Theme.radiusControl
    border.width: 1
    border.color: Theme.colour.line

    Repeater {
        model: 8

        Rectangle {
            required property int index

            z: -1
            anchors.fill: parent
            anchors.margins: -(index + 1) * 2
            anchors.topMargin: -(index + 1) * 2 + 6
            anchors.bottomMargin: -(index + 1) * 2 - 6
            radius: root.radius + (index + 1) * 2
            color: Theme.colour.shadow
            opacity: (Theme.dark ? 0.06 : 0.018)
        }
    }
}
