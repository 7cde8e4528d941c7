// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// Something is on its way. Stands still where motion is unwanted.
Symbol {
    id: root

    name: "loader-circle"
    colour: Theme.colour.text3

    RotationAnimator on rotation {
        running: root.visible && !Theme.reduceMotion
        from: 0
        to: 360
        duration: 900
        loops: Animation.Infinite
    }
}
