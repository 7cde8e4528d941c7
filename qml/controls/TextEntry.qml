// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Theme

/// A labelled line of text, with what is wrong with it right below.
FocusScope {
    id: root

    required property string label
    property alias text: field.text
    property alias placeholder: field.placeholderText
    property alias echoMode: field.echoMode
    property alias maximumLength: field.maximumLength
    property alias readOnly: field.readOnly
    property alias trailing: field.rightPadding
    property string hint: ""
    property string errorText: ""
    property bool large: false
    readonly property Item frame: field

    signal accepted()

    implicitHeight: column.implicitHeight
    implicitWidth: 320

    function clear() {
        field.clear()
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

        TextField {
            id: field

            width: parent.width
            height: root.large ? Theme.controlLarge : Theme.control
            focus: true
            leftPadding: Theme.gap12
            rightPadding: Theme.gap12
            font.family: Theme.family
            font.pixelSize: root.large ? Theme.message.pixelSize : Theme.ui.pixelSize
            color: Theme.colour.text1
            placeholderTextColor: Theme.colour.text3
            selectionColor: Theme.colour.accent
            selectedTextColor: Theme.colour.inkOnAccent
            selectByMouse: true
            onAccepted: root.accepted()

            Accessible.role: Accessible.EditableText
            Accessible.name: root.label
            Accessible.description: root.errorText !== "" ? root.errorText : root.hint

            background: EntryGround {
                focused: root.activeFocus && field.activeFocus
                wrong: root.errorText !== ""
            }
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
}
