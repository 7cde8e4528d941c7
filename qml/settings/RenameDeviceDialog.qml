// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// Another name for one of one's own devices.
ModalDialog {
    id: root

    required property DeviceActionsModel actions
    readonly property bool asked: root.actions.step === DeviceActionsModel.Rename

    title: qsTr("Rename the device")
    onAskedChanged: if (root.asked) {
        name.text = root.actions.name
        root.open()
    } else {
        root.close()
    }
    onOpened: name.forceActiveFocus()
    onClosed: if (root.asked)
        root.actions.leave()

    TextEntry {
        id: name

        width: parent.width
        focus: true
        maximumLength: 100
        label: qsTr("Name of the device")
        hint: qsTr("Everybody with whom you share a conversation can see it: put nothing confidential there.")
        errorText: root.actions.errorText
        onAccepted: root.actions.rename(name.text)
    }

    footer: [
        PrimaryButton {
            text: qsTr("Rename")
            busy: root.actions.busy
            onClicked: root.actions.rename(name.text)
        },
        SecondaryButton {
            text: qsTr("Cancel")
            onClicked: root.close()
        }
    ]
}
