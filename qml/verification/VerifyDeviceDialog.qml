// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Two ways by which this device gets the account's trust.
ModalDialog {
    id: root

    required property SecurityModel security

    signal entryWanted()

    title: qsTr("Verify this device")

    StyledText {
        width: parent.width
        text: qsTr("A verified device can read earlier messages, and others can trust what it sends. Use a device on which you are signed in already, or the recovery key that you kept.")
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    footer: [
        PrimaryButton {
            iconName: "smartphone"
            text: qsTr("With another device")
            focus: true
            onClicked: {
                root.close()
                root.security.verification.verifyOwn("")
            }
        },
        SecondaryButton {
            iconName: "key-round"
            visible: root.security.encryption.hasRecovery
            text: qsTr("With the recovery key")
            onClicked: {
                root.close()
                root.entryWanted()
            }
        },
        SecondaryButton {
            text: qsTr("Not now")
            onClicked: root.close()
        }
    ]
}
