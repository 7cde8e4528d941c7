// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The server has ended the session: with the password the same device goes on.
ModalDialog {
    id: root

    required property SessionModel session
    readonly property bool done: !root.session.needsSignIn

    function submit() {
        if (secret.text === "")
            return
        root.session.signInAgain(secret.text)
        secret.clear()
    }

    title: qsTr("Sign in again")
    onOpened: secret.forceActiveFocus()
    onDoneChanged: if (root.done)
        root.close()

    StyledText {
        width: parent.width
        text: qsTr("Account: %1").arg(root.session.userId)
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    PasswordEntry {
        id: secret

        width: parent.width
        focus: true
        label: qsTr("Password")
        errorText: root.session.errorText
        onAccepted: root.submit()
    }

    footer: [
        PrimaryButton {
            text: qsTr("Sign in")
            busy: root.session.busy
            onClicked: root.submit()
        },
        SecondaryButton {
            text: qsTr("Later")
            onClicked: root.close()
        }
    ]
}
