// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Templates as T
import Parvis.Theme

/// One of several answers, of which one holds.
T.RadioButton {
    id: root

    property string hint: ""

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(implicitContentHeight + 16, Theme.control)
    leftPadding: 36
    rightPadding: Theme.gap8
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    opacity: root.enabled ? 1 : 0.6

    Keys.onReturnPressed: root.choose()
    Keys.onEnterPressed: root.choose()

    function choose() {
        root.toggle()
        root.clicked()
    }

    Accessible.role: Accessible.RadioButton
    Accessible.name: root.text
    Accessible.description: root.hint
    Accessible.checkable: true
    Accessible.checked: root.checked
    Accessible.onPressAction: root.choose()
    Accessible.onToggleAction: root.choose()

    background: Rectangle {
        radius: Theme.radiusControl
        color: root.hovered && root.enabled ? Theme.colour.hover : "transparent"

        FocusRing {
            shown: root.visualFocus
            distance: 0
        }
    }

    indicator: Rectangle {
        x: Theme.gap8
        y: (root.height - height) / 2
        width: 18
        height: 18
        radius: 9
        color: Theme.colour.base
        border.width: root.checked ? 5 : 1
        border.color: root.checked ? Theme.colour.accent : Theme.colour.lineStrong
    }

    contentItem: LabelAndHint {
        label: root.text
        hint: root.hint
    }
}
