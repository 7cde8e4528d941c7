// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What can be done in each step of the set-up: the next thing first, at the right.
Flow {
    id: root

    required property RecoverySetupModel recovery
    required property ResetExplanation reset
    required property KeyKeeping keeping
    required property PasswordEntry password
    required property PasswordEntry typed
    readonly property int step: root.recovery.step
    readonly property bool explains: root.step === RecoverySetupModel.Explain

    signal closeWanted()

    function submit() {
        if (root.step === RecoverySetupModel.Password) {
            root.recovery.withPassword(root.password.text)
            root.password.clear()
        } else if (root.step === RecoverySetupModel.AskBack) {
            root.recovery.confirm(root.typed.text)
            root.typed.selectAll()
        }
    }

    function takeKeyboard() {
        // qmllint disable
        Qt.callLater(root.giveFocus)
        // qmllint enable
    }

    function giveFocus() {
        for (const one of [root.reset, root.password, root.keeping, root.typed, make, page, done]) {
            if (one.visible)
                return one.forceActiveFocus()
        }
    }

    layoutDirection: Qt.RightToLeft
    spacing: 10

    PrimaryButton {
        id: make

        visible: root.explains && !root.recovery.resets
        text: qsTr("Make the recovery key")
        busy: root.recovery.busy
        onClicked: root.recovery.makeKey()
    }

    DangerButton {
        visible: root.explains && root.recovery.resets
        text: qsTr("Reset for good")
        enabled: root.reset.agreed
        busy: root.recovery.busy
        onClicked: root.recovery.makeKey()
    }

    PrimaryButton {
        id: page

        visible: root.step === RecoverySetupModel.Browser
        iconName: "external-link"
        text: qsTr("Open the page")
        onClicked: root.recovery.openPage()
    }

    SecondaryButton {
        visible: root.step === RecoverySetupModel.Browser
        text: qsTr("I have agreed there")
        busy: root.recovery.busy
        onClicked: root.recovery.makeKey()
    }

    PrimaryButton {
        visible: root.step === RecoverySetupModel.Password || root.step === RecoverySetupModel.AskBack
        text: qsTr("Confirm")
        busy: root.recovery.busy
        onClicked: root.submit()
    }

    PrimaryButton {
        visible: root.step === RecoverySetupModel.ShowKey
        text: qsTr("I have kept it")
        onClicked: root.recovery.goOn()
    }

    PrimaryButton {
        id: done

        visible: root.step === RecoverySetupModel.Finished
        text: qsTr("Done")
        onClicked: root.closeWanted()
    }

    SecondaryButton {
        visible: root.step === RecoverySetupModel.AskBack
        text: qsTr("Show the key again")
        onClicked: root.recovery.backToKey()
    }

    SecondaryButton {
        visible: root.step !== RecoverySetupModel.Finished
        text: root.explains && root.recovery.resets ? qsTr("Keep everything") : qsTr("Later")
        onClicked: root.closeWanted()
    }
}
