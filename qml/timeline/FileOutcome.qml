// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// What became of sending or saving a file, and the ways on where it failed.
Column {
    id: root

    /// What the buttons are called for; no other file of the conversation has the same.
    required property string label
    required property string text
    /// Of sending; else of saving.
    required property bool failed
    required property bool wrong
    /// Another file lies where it should go.
    required property bool asks

    signal replaceWanted()
    signal retryWanted()
    signal cancelWanted()

    spacing: 4
    bottomPadding: 4

    FieldError {
        width: parent.width
        visible: root.wrong
        text: root.text
    }

    StyledText {
        width: parent.width
        visible: !root.wrong
        step: Theme.small
        text: root.text
        color: Theme.colour.success
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    Row {
        visible: root.failed || root.asks
        spacing: Theme.gap8

        SecondaryButton {
            visible: root.asks && !root.failed
            size: Theme.controlSmall
            text: qsTr("Replace it")
            Accessible.name: qsTr("Replace what is there by: %1").arg(root.label)
            onClicked: root.replaceWanted()
        }

        SecondaryButton {
            visible: root.failed
            size: Theme.controlSmall
            iconName: "rotate-cw"
            text: qsTr("Send again")
            Accessible.name: qsTr("Send again: %1").arg(root.label)
            onClicked: root.retryWanted()
        }

        SecondaryButton {
            visible: root.failed
            size: Theme.controlSmall
            iconName: "trash-2"
            text: qsTr("Cancel")
            Accessible.name: qsTr("Do not send: %1").arg(root.label)
            onClicked: root.cancelWanted()
        }
    }
}
