// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What waits for the person about keys and identities: a verification, then what should be set up.
Item {
    id: root

    required property SecurityModel security
    required property real mostHeight
    /// Something worse is said already.
    required property bool covered
    /// The page itself says what should be set up.
    required property bool said
    readonly property EncryptionModel encryption: root.security.encryption
    readonly property int attention: root.encryption.attention
    readonly property bool verifies: root.attention === EncryptionModel.Unverified || root.attention === EncryptionModel.IdentityChanged

    signal verifyWanted()
    signal setupWanted()
    signal settingsWanted()

    function act() {
        if (root.verifies)
            root.verifyWanted()
        else if (root.attention === EncryptionModel.PutBack)
            root.encryption.putOff()
        else if (root.attention === EncryptionModel.NoRecovery || root.attention === EncryptionModel.KeyNotNoted)
            root.setupWanted()
        else
            root.settingsWanted()
    }

    height: verification.visible ? verification.height : keys.visible ? keys.height : 0

    Banner {
        id: verification

        width: parent.width
        mostHeight: root.mostHeight
        visible: !root.covered && root.security.verification.bannerText !== ""
        meaning: root.security.verification.bannerAsks ? Banner.Meaning.Caution : Banner.Meaning.Information
        iconName: "shield-question-mark"
        text: root.security.verification.bannerText
        actionText: qsTr("Look at the verification")
        onActed: root.security.verification.show()
    }

    Banner {
        id: keys

        width: parent.width
        mostHeight: root.mostHeight
        visible: !root.covered && !verification.visible && !root.said && !root.encryption.calm
        meaning: root.attention === EncryptionModel.DeviceConflict ? Banner.Meaning.Danger : Banner.Meaning.Caution
        iconName: "key-round"
        text: root.encryption.attentionText
        actionText: root.verifies ? qsTr("Verify this device…") : root.attention === EncryptionModel.NoRecovery ? qsTr("Set up the recovery…") : root.attention === EncryptionModel.KeyNotNoted ? qsTr("Look at the key…") : root.attention === EncryptionModel.BackupLost ? qsTr("Encryption settings…") : root.attention === EncryptionModel.PutBack ? qsTr("Got it") : ""
        secondText: actionText === "" || root.attention === EncryptionModel.PutBack ? "" : qsTr("Remind me later")
        onActed: root.act()
        onSeconded: root.encryption.putOff()
    }
}
