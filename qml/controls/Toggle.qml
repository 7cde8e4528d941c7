// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Templates as T
import Parvis.Theme

/// On or off, with the words that say what; the whole line can be clicked.
T.Switch {
    id: root

    property string hint: ""

    implicitHeight: Math.max(implicitContentHeight, Theme.control)
    implicitWidth: implicitContentWidth + 40 + Theme.gap12
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    opacity: root.enabled ? 1 : 0.5

    /// What a click does, see TextButton.
    function act() {
        if (!root.enabled)
            return
        root.toggle()
        root.toggled()
        root.clicked()
    }

    Keys.onReturnPressed: root.act()
    Keys.onEnterPressed: root.act()

    Accessible.role: Accessible.CheckBox
    Accessible.name: root.text
    Accessible.description: root.enabled ? root.hint : qsTranslate("Controls", "Not available at the moment")
    Accessible.checkable: true
    Accessible.checked: root.checked
    Accessible.onPressAction: root.act()
    Accessible.onToggleAction: root.act()

    indicator: Rectangle {
        x: root.width - width
        y: (root.height - height) / 2
        width: 40
        height: 24
        radius: 12
        color: root.checked ? Theme.colour.accent : Theme.colour.base
        border.width: 1
        border.color: root.checked ? Theme.colour.accent : Theme.colour.lineStrong

        Rectangle {
            x: root.checked ? parent.width - width - 4 : 4
            y: 4
            width: 16
            height: 16
            radius: 8
            color: root.checked ? Theme.colour.inkOnAccent : Theme.colour.lineStrong

            Behavior on x {
                NumberAnimation { duration: Theme.motion; easing.type: Easing.OutQuad }
            }
        }

        FocusRing {
            shown: root.visualFocus
            around: 12
        }
    }

    contentItem: LabelAndHint {
        rightPadding: 40 + Theme.gap12
        label: root.text
        hint: root.hint
    }
}
