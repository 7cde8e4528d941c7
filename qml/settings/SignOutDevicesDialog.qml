// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Signing other devices out: what that means, what the server asks for, and that it is done.
ModalDialog {
    id: root

    required property DeviceActionsModel actions
    readonly property int step: root.actions.step
    readonly property bool asked: root.step >= DeviceActionsModel.Ask

    function submit() {
        root.actions.withPassword(password.text)
        password.clear()
    }

    title: root.step === DeviceActionsModel.Finished ? qsTr("Signed out") : root.step === DeviceActionsModel.Password || root.step === DeviceActionsModel.Browser ? qsTr("Confirm that it is you") : root.actions.name !== "" ? qsTr("Sign out “%1”?").arg(root.actions.name) : qsTr("Sign out %n device(s)?", "", root.actions.count)
    onAskedChanged: if (root.asked)
        root.open()
    else
        root.close()
    onOpened: buttons.takeKeyboard()
    onStepChanged: if (root.opened)
        buttons.takeKeyboard()
    onClosed: {
        password.clear()
        root.actions.leave()
    }

    StyledText {
        width: parent.width
        visible: root.step === DeviceActionsModel.Ask
        text: qsTr("It can then neither read nor write in your name, and has to sign in anew. Messages whose keys it alone has cannot be read any more.", "", root.actions.count)
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    PasswordEntry {
        id: password

        width: parent.width
        visible: root.step === DeviceActionsModel.Password
        label: qsTr("Password of your account")
        hint: qsTr("The server asks for it before it signs devices out.")
        errorText: visible ? root.actions.errorText : ""
        onAccepted: root.submit()
    }

    StyledText {
        width: parent.width
        visible: root.step === DeviceActionsModel.Browser
        text: qsTr("Your server asks you to agree on its page, in the browser. Come back here afterwards.")
        wrapMode: Text.Wrap
    }

    StateLine {
        width: parent.width
        visible: root.step === DeviceActionsModel.Finished
        level: StateLine.Level.Good
        text: root.actions.name !== "" ? qsTr("“%1” is signed out.").arg(root.actions.name) : qsTr("%n device(s) are signed out.", "", root.actions.count)
    }

    FieldError {
        width: parent.width
        text: password.visible ? "" : root.actions.errorText
    }

    footer: SignOutDevicesButtons {
        id: buttons

        width: root.frame.width
        actions: root.actions
        password: password
        onSubmitted: root.submit()
        onCloseWanted: root.close()
    }
}
