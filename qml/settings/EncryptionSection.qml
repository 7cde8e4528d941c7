// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// How the keys of the account stand, in plain sentences, and everything that can be done with them.
SettingsSection {
    id: root

    required property SecurityModel security
    readonly property EncryptionModel encryption: root.security.encryption

    signal setupWanted(bool resets)
    signal entryWanted()
    signal keysWanted(int work)

    title: qsTr("Encryption")
    iconName: "lock"

    Column {
        x: Theme.gap8
        width: parent.width - x
        spacing: Theme.gap12

        StateLine {
            width: parent.width
            level: root.encryption.deviceLevel
            text: root.encryption.deviceText
        }

        StateLine {
            width: parent.width
            level: root.encryption.recoveryLevel
            text: root.encryption.recoveryText
        }

        StateLine {
            width: parent.width
            level: root.encryption.backupLevel
            text: root.encryption.backupText
        }

        ProgressLine {
            width: parent.width
            visible: root.security.keyFiles.busy
            text: root.security.keyFiles.progressText
            fraction: root.security.keyFiles.fraction
        }

        Flow {
            width: parent.width
            spacing: 10

            SecondaryButton {
                visible: root.encryption.canVerify
                iconName: "smartphone"
                text: qsTr("Verify this device with another one")
                onClicked: root.security.verification.verifyOwn("")
            }

            SecondaryButton {
                visible: root.encryption.hasRecovery && (root.encryption.canVerify || !root.encryption.canRestore)
                iconName: "key-round"
                text: root.encryption.canRenewBackup ? qsTr("Make a new key backup…") : qsTr("Enter the recovery key…")
                onClicked: root.entryWanted()
            }

            SecondaryButton {
                visible: root.encryption.canSetUp
                iconName: "key-round"
                text: qsTr("Set up the recovery key…")
                onClicked: root.setupWanted(false)
            }

            SecondaryButton {
                visible: root.encryption.canRestore
                iconName: "rotate-cw"
                text: qsTr("Get all messages back…")
                onClicked: root.keysWanted(KeyFilesModel.Restore)
            }

            SecondaryButton {
                iconName: "download"
                text: qsTr("Export the keys to a file…")
                onClicked: root.keysWanted(KeyFilesModel.Export)
            }

            SecondaryButton {
                iconName: "upload"
                text: qsTr("Import keys from a file…")
                onClicked: root.keysWanted(KeyFilesModel.Import)
            }

            SecondaryButton {
                visible: root.encryption.hasIdentity
                iconName: "triangle-alert"
                text: qsTr("Reset everything…")
                onClicked: root.setupWanted(true)
            }
        }

        HeldToggle {
            width: parent.width
            visible: root.encryption.known
            enabled: !root.encryption.onlyVerifiedLocked
            held: root.encryption.onlyVerified
            text: qsTr("Write to verified people only")
            hint: root.encryption.onlyVerifiedLocked ? qsTr("Fixed by your administration.") : qsTr("In every conversation: whom you have not verified will not be able to read what you write.")
            onWished: on => root.encryption.onlyVerified = on
        }

        FieldError {
            width: parent.width
            text: root.encryption.errorText
        }
    }
}
