// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// A labelled secret, which can be looked at.
FocusScope {
    id: root

    required property string label
    property alias text: field.text
    property string hint: ""
    property string errorText: ""
    property bool large: false

    signal accepted()

    implicitHeight: column.implicitHeight
    implicitWidth: 320

    function clear() {
        field.clear()
        reveal.on = false
    }

    /// So that what is typed next takes the place of what was wrong.
    function selectAll() {
        field.selectAll()
    }

    Column {
        id: column

        width: parent.width
        spacing: 6

        StyledText {
            width: parent.width
            step: Theme.ui
            font.weight: Font.Medium
            text: root.label
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        SecretInput {
            id: field

            width: parent.width
            height: root.large ? Theme.controlLarge : Theme.control
            focus: true
            secretName: root.label
            secretHint: root.errorText !== "" ? root.errorText : root.hint
            wrong: root.errorText !== ""
            rightPadding: reveal.width + Theme.gap12
            font.pixelSize: root.large ? Theme.message.pixelSize : Theme.ui.pixelSize
            echoMode: reveal.on ? TextInput.Normal : TextInput.Password
            onAccepted: root.accepted()
        }

        StyledText {
            width: parent.width
            visible: root.hint !== "" && root.errorText === ""
            step: Theme.small
            text: root.hint
            color: Theme.colour.text2
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        FieldError {
            width: parent.width
            text: root.errorText
        }
    }

    IconButton {
        id: reveal

        x: root.width - width - 4
        y: field.y + Math.round((field.height - height) / 2)
        size: Math.min(Theme.control, field.height - 8)
        iconSize: 18
        iconName: on ? "eye-off" : "eye"
        text: on ? qsTr("Hide: %1").arg(root.label) : qsTr("Show: %1").arg(root.label)
        onClicked: reveal.on = !reveal.on
    }
}
