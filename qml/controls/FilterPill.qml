// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Templates as T
import Parvis.Theme

/// One of the ways to look at a list.
T.RadioButton {
    id: root

    implicitWidth: implicitContentWidth + 18
    implicitHeight: Math.round(26 * Theme.growth)
    leftPadding: 9
    rightPadding: 9
    spacing: 0
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: root.checked
    opacity: root.enabled || root.checked ? 1 : 0.5

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
    Accessible.description: root.enabled ? "" : qsTranslate("Controls", "Not available at the moment")
    Accessible.checkable: true
    Accessible.checked: root.checked
    Accessible.onPressAction: root.choose()
    Accessible.onToggleAction: root.choose()

    RadioKeys {
        id: arrows

        button: root
    }

    background: Rectangle {
        radius: height / 2
        color: root.checked ? Theme.colour.selected : root.hovered ? Theme.colour.hover : "transparent"
        border.width: root.checked ? 0 : 1
        border.color: Theme.colour.line

        FocusRing {
            shown: root.visualFocus
            around: root.height / 2
            distance: 2
        }
    }

    contentItem: StyledText {
        step: Theme.caption
        text: root.text
        font.weight: root.checked ? Font.Medium : Font.Normal
        color: root.checked ? Theme.colour.text1 : Theme.colour.text2
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
}
