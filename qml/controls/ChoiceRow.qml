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
    activeFocusOnTab: root.checked
    opacity: root.enabled ? 1 : 0.6

    Keys.forwardTo: [arrows]
    Keys.onReturnPressed: root.choose()
    Keys.onEnterPressed: root.choose()

    /// What a click does, see TextButton. An answer that holds already stays: toggle() would take it back.
    function choose() {
        if (!root.enabled)
            return
        if (!root.checked)
            root.toggle()
        root.clicked()
    }

    Accessible.role: Accessible.RadioButton
    Accessible.name: root.text
    Accessible.description: root.enabled ? root.hint : qsTranslate("Controls", "Not available at the moment")
    Accessible.checkable: true
    Accessible.checked: root.checked
    Accessible.onPressAction: root.choose()
    Accessible.onToggleAction: root.choose()

    RadioKeys {
        id: arrows

        button: root
    }

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
