// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// A secret line of text, which can be looked at.
FocusScope {
    id: root

    required property string label
    property alias text: entry.text
    property alias hint: entry.hint
    property alias errorText: entry.errorText
    property alias large: entry.large

    signal accepted()

    implicitHeight: entry.implicitHeight
    implicitWidth: entry.implicitWidth

    function clear() {
        entry.clear()
        reveal.checked = false
    }

    TextEntry {
        id: entry

        width: parent.width
        focus: true
        secret: true
        label: root.label
        trailing: reveal.width + Theme.gap12
        echoMode: reveal.checked ? TextInput.Normal : TextInput.Password
        onAccepted: root.accepted()
    }

    IconButton {
        id: reveal

        x: root.width - width - 4
        y: entry.frame.y + Math.round((entry.frame.height - height) / 2)
        size: Math.min(Theme.control, entry.frame.height - 8)
        iconSize: 18
        checkable: true
        iconName: checked ? "eye-off" : "eye"
        text: checked ? qsTr("Hide: %1").arg(root.label) : qsTr("Show: %1").arg(root.label)
        Accessible.checkable: true
        Accessible.checked: checked
    }
}
