// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The passphrase of a sealed account, or the password of one that the server signed out.
FocusScope {
    id: root

    required property SessionModel session

    implicitHeight: column.implicitHeight

    function submit() {
        if (secret.text === "")
            return
        if (root.session.asksPassphrase)
            root.session.unlock(secret.text)
        else
            root.session.signInAgain(secret.text)
        secret.clear()
    }

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap20

        PasswordEntry {
            id: secret

            width: parent.width
            focus: true
            large: true
            label: root.session.asksPassphrase ? qsTr("Passphrase") : qsTr("Password")
            errorText: root.session.errorText
            onAccepted: root.submit()
        }

        PrimaryButton {
            width: parent.width
            size: Theme.controlLarge
            text: root.session.asksPassphrase ? qsTr("Open") : qsTr("Sign in again")
            busy: root.session.busy
            onClicked: root.submit()
        }
    }
}
