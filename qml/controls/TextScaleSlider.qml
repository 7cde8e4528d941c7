// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Templates as T
import Parvis.Theme

/// A value between two ends, by arrows, Home and End too.
T.Slider {
    id: root

    required property string label
    required property string valueText

    implicitWidth: 240
    implicitHeight: Theme.control
    snapMode: T.Slider.SnapAlways
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    opacity: root.enabled ? 1 : 0.5

    Accessible.role: Accessible.Slider
    Accessible.name: root.label
    Accessible.description: root.valueText
    Accessible.onIncreaseAction: if (root.enabled)
        root.increase()
    Accessible.onDecreaseAction: if (root.enabled)
        root.decrease()

    background: Rectangle {
        y: (root.height - height) / 2
        width: root.width
        height: 4
        radius: 2
        color: Theme.colour.line

        Rectangle {
            width: root.visualPosition * parent.width
            height: 4
            radius: 2
            color: Theme.colour.accent
        }
    }

    handle: Rectangle {
        x: root.visualPosition * (root.width - width)
        y: (root.height - height) / 2
        width: 20
        height: 20
        radius: 10
        color: Theme.colour.base
        border.width: 2
        border.color: Theme.colour.accent

        FocusRing {
            shown: root.visualFocus
            around: 10
            distance: 2
        }
    }
}
