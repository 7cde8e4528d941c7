// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Who, and the password.
FocusScope {
    id: root

    required property LoginModel login

    implicitHeight: column.implicitHeight

    function submit() {
        root.login.signIn(user.text, password.text)
    }

    onVisibleChanged: {
        user.text = root.login.user
        password.clear()
        if (visible)
            (user.text === "" ? user : password).forceActiveFocus()
    }

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap20

        StepTitle {
            width: parent.width
            title: qsTr("Sign in")
            text: root.login.serverName === "" ? "" : qsTr("Server: %1").arg(root.login.serverName)
        }

        TextEntry {
            id: user

            width: parent.width
            large: true
            label: qsTr("Name on the server")
            onAccepted: password.forceActiveFocus()
        }

        PasswordEntry {
            id: password

            width: parent.width
            focus: true
            large: true
            label: qsTr("Password")
            errorText: root.login.step === LoginModel.PasswordStep ? root.login.errorText : ""
            onErrorTextChanged: if (errorText !== "")
                password.selectAll()
            onAccepted: root.submit()
        }

        PrimaryButton {
            width: parent.width
            size: Theme.controlLarge
            text: root.login.busy ? qsTr("Signing in…") : qsTr("Sign in")
            busy: root.login.busy
            onClicked: root.submit()
        }

        LinkButton {
            text: qsTr("Another server")
            iconName: "chevron-left"
            enabled: !root.login.busy
            onClicked: root.login.back()
        }
    }
}
