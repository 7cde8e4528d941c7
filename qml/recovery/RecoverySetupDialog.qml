// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// Setting up the recovery: why, the key, asked back. Or everything anew, with what that costs.
ModalDialog {
    id: root

    required property RecoverySetupModel recovery
    required property KeyFilesModel files
    readonly property int step: root.recovery.step
    readonly property bool explains: root.step === RecoverySetupModel.Explain

    function begin(resets: bool) {
        root.recovery.begin(resets)
        reset.clear()
        keeping.saves = false
        root.open()
    }

    title: root.explains ? (root.recovery.resets ? qsTr("Reset everything?") : qsTr("Keep your messages readable")) : root.step === RecoverySetupModel.Password || root.step === RecoverySetupModel.Browser ? qsTr("Confirm that it is you") : root.step === RecoverySetupModel.ShowKey ? qsTr("Your recovery key") : root.step === RecoverySetupModel.AskBack ? qsTr("Do you have it?") : qsTr("The recovery is set up")
    onClosed: root.recovery.leave()
    onOpened: buttons.takeKeyboard()
    onStepChanged: {
        typed.clear()
        password.clear()
        if (root.opened)
            buttons.takeKeyboard()
    }

    SetupExplanation {
        width: parent.width
        visible: root.explains && !root.recovery.resets
    }

    ResetExplanation {
        id: reset

        width: parent.width
        visible: root.explains && root.recovery.resets
    }

    PasswordEntry {
        id: password

        width: parent.width
        visible: root.step === RecoverySetupModel.Password
        label: qsTr("Password of your account")
        hint: qsTr("The server asks for it before it changes your keys.")
        errorText: visible ? root.recovery.errorText : ""
        onAccepted: buttons.submit()
    }

    StyledText {
        width: parent.width
        visible: root.step === RecoverySetupModel.Browser
        text: qsTr("Your server asks you to agree on its page, in the browser. Come back here afterwards.")
        wrapMode: Text.Wrap
    }

    KeyKeeping {
        id: keeping

        width: parent.width
        visible: root.step === RecoverySetupModel.ShowKey
        recovery: root.recovery
        files: root.files
    }

    PasswordEntry {
        id: typed

        width: parent.width
        visible: root.step === RecoverySetupModel.AskBack
        label: qsTr("The last three groups of the key")
        hint: qsTr("From where you kept it. Or paste all of it.")
        errorText: visible ? root.recovery.errorText : ""
        onAccepted: buttons.submit()
    }

    StateLine {
        width: parent.width
        visible: root.step === RecoverySetupModel.Finished
        level: StateLine.Level.Good
        text: qsTr("From now on your message keys are backed up. On a new device, enter the recovery key.")
    }

    FieldError {
        width: parent.width
        text: password.visible || typed.visible ? "" : root.recovery.errorText
    }

    footer: RecoverySetupButtons {
        id: buttons

        width: root.frame.width
        recovery: root.recovery
        reset: reset
        keeping: keeping
        password: password
        typed: typed
        onCloseWanted: root.close()
    }
}
