// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Which server: its name, or the person's whole address.
FocusScope {
    id: root

    required property LoginModel login

    implicitHeight: column.implicitHeight

    // Once, and no binding: what is typed stays, whatever the model says next.
    Component.onCompleted: server.text = root.login.suggestedServer

    function submit() {
        root.login.findServer(server.text)
    }

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap20

        StepTitle {
            width: parent.width
            title: qsTr("Welcome to Parvis")
            text: qsTr("Your address or the name of your server is enough: Parvis finds the way.")
        }

        TextEntry {
            id: server

            width: parent.width
            focus: true
            large: true
            label: qsTr("Address or server")
            //: An example of an address; keep its form
            placeholder: qsTr("@first.last:administration.example")
            errorText: root.login.step === LoginModel.ServerStep ? root.login.errorText : ""
            onAccepted: root.submit()
        }

        PrimaryButton {
            width: parent.width
            size: Theme.controlLarge
            text: root.login.busy ? qsTr("Looking for the server…") : qsTr("Continue")
            busy: root.login.busy
            onClicked: root.submit()
        }
    }
}
