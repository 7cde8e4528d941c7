// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Where no conversation is open: what the person should do about their keys, with every way of doing it.
FocusScroll {
    id: root

    required property SecurityModel security
    readonly property EncryptionModel encryption: root.security.encryption
    readonly property bool verifies: root.encryption.attention === EncryptionModel.Unverified || root.encryption.attention === EncryptionModel.IdentityChanged
    readonly property bool setsUp: root.encryption.attention === EncryptionModel.NoRecovery || root.encryption.attention === EncryptionModel.KeyNotNoted

    signal setupWanted()
    signal entryWanted()
    signal settingsWanted()

    contentHeight: column.height + 2 * Theme.gap16

    Column {
        id: column

        x: Math.round((root.width - width) / 2)
        y: Math.max(Theme.gap16, Math.round((root.height - height) / 2))
        width: Math.min(root.width - 2 * Theme.gap24, Math.round(400 * Theme.columnGrowth))
        spacing: Theme.gap12

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 56
            height: 56
            radius: 28
            color: Theme.colour.selected
            Accessible.ignored: true

            Symbol {
                anchors.centerIn: parent
                name: root.setsUp ? "key-round" : "shield-question-mark"
                size: 24
                colour: Theme.colour.accent
            }
        }

        StyledText {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            step: Theme.section
            text: root.encryption.attentionTitle
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
        }

        StyledText {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.encryption.attentionText
            color: Theme.colour.text2
            wrapMode: Text.Wrap
        }

        PrimaryButton {
            anchors.horizontalCenter: parent.horizontalCenter
            mostWidth: parent.width
            visible: root.verifies
            iconName: "smartphone"
            text: qsTr("Verify with another device")
            onClicked: root.security.verification.verifyOwn("")
        }

        SecondaryButton {
            anchors.horizontalCenter: parent.horizontalCenter
            mostWidth: parent.width
            visible: root.verifies && root.encryption.hasRecovery
            iconName: "key-round"
            text: qsTr("Use the recovery key")
            onClicked: root.entryWanted()
        }

        PrimaryButton {
            anchors.horizontalCenter: parent.horizontalCenter
            mostWidth: parent.width
            visible: root.setsUp
            iconName: "key-round"
            text: root.encryption.attention === EncryptionModel.KeyNotNoted ? qsTr("Look at the recovery key") : qsTr("Set up the recovery")
            onClicked: root.setupWanted()
        }

        PrimaryButton {
            anchors.horizontalCenter: parent.horizontalCenter
            mostWidth: parent.width
            visible: root.encryption.attention === EncryptionModel.BackupLost
            text: qsTr("Open the encryption settings")
            onClicked: root.settingsWanted()
        }

        LinkButton {
            anchors.horizontalCenter: parent.horizontalCenter
            mostWidth: parent.width
            text: qsTr("Remind me at the next start")
            onClicked: root.encryption.putOff()
        }
    }
}
