// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Theme

/// A line that filters what stands below it; Escape empties it first.
TextField {
    id: root

    required property string label
    property string shortcutText: ""

    implicitHeight: Theme.control
    leftPadding: 20 + 16 * Theme.textScale
    rightPadding: Theme.gap12
    font.family: Theme.family
    font.pixelSize: Theme.ui.pixelSize
    color: Theme.colour.text1
    placeholderText: root.label
    placeholderTextColor: Theme.colour.text3
    selectionColor: Theme.colour.accent
    selectedTextColor: Theme.colour.inkOnAccent
    selectByMouse: true
    maximumLength: 200

    Keys.onEscapePressed: event => {
        event.accepted = root.text !== ""
        root.clear()
    }

    Accessible.role: Accessible.EditableText
    Accessible.name: root.label
    Accessible.searchEdit: true

    background: EntryGround {
        focused: root.activeFocus
        border.color: root.activeFocus ? Theme.colour.lineStrong : Theme.colour.line

        Symbol {
            x: 11
            anchors.verticalCenter: parent.verticalCenter
            name: "search"
            size: 16
            colour: Theme.colour.text3
        }

        KeyCap {
            anchors.right: parent.right
            anchors.rightMargin: 10
            anchors.verticalCenter: parent.verticalCenter
            visible: root.shortcutText !== "" && root.text === "" && !root.activeFocus && root.width > 260 * Theme.textScale
            text: root.shortcutText
        }
    }
}
