// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// No keychain keeps the key: repair it and try again, or choose a passphrase for every start.
FocusScope {
    id: root

    required property LoginModel login
    readonly property bool differs: again.text !== "" && again.text !== first.text

    implicitHeight: column.implicitHeight

    function submit() {
        if (first.text.length >= 12 && first.text === again.text) {
            root.login.finish(first.text)
            first.clear()
            again.clear()
        }
    }

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap20

        StepTitle {
            width: parent.width
            title: qsTr("Where to keep your key?")
            text: root.login.passphraseAllowed ? qsTr("Your messages will be encrypted on this computer. Their key normally lies in the system’s keychain, which does not answer. Start it and try again, or choose a passphrase that Parvis will ask for at each start.") : qsTr("Your messages will be encrypted on this computer. Their key lies in the system’s keychain, which does not answer. Start it and try again.")
        }

        FieldError {
            width: parent.width
            text: root.login.errorText
        }

        SecondaryButton {
            width: parent.width
            size: Theme.controlLarge
            text: qsTr("Try the keychain again")
            busy: root.login.busy
            onClicked: root.login.finish("")
        }

        PasswordEntry {
            id: first

            width: parent.width
            visible: root.login.passphraseAllowed
            focus: true
            large: true
            label: qsTr("Passphrase")
            hint: qsTr("12 characters or more. Nobody can give it back to you.")
            onAccepted: again.forceActiveFocus()
        }

        PasswordEntry {
            id: again

            width: parent.width
            visible: root.login.passphraseAllowed
            large: true
            label: qsTr("The same once more")
            errorText: root.differs ? qsTr("The two are not the same.") : ""
            onAccepted: root.submit()
        }

        PrimaryButton {
            width: parent.width
            visible: root.login.passphraseAllowed
            size: Theme.controlLarge
            text: qsTr("Protect by this passphrase")
            enabled: first.text.length >= 12 && first.text === again.text && !root.login.busy
            onClicked: root.submit()
        }

        LinkButton {
            text: qsTr("Back")
            iconName: "chevron-left"
            enabled: !root.login.busy
            onClicked: root.login.back()
        }
    }
}
