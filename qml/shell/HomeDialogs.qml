// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models
import Parvis.Recovery
import Parvis.Rooms
import Parvis.Settings
import Parvis.Verification

/// The questions that the home page asks over itself.
Item {
    id: root

    required property AppModel app

    function beginRoom() {
        newRoom.open()
    }

    function askLogout() {
        logout.open()
    }

    function signInAgain() {
        again.open()
    }

    function setUpRecovery(resets: bool) {
        recovery.begin(resets)
    }

    function enterKey() {
        entry.open()
    }

    function workOnKeys(work: int) {
        keys.begin(work)
    }

    function verifyDevice() {
        device.open()
    }

    function showPerson(userId: string, name: string) {
        person.openFor(userId, name)
    }

    NewRoomDialog {
        id: newRoom

        model: root.app.newRoom
    }

    LogoutDialog {
        id: logout

        session: root.app.session
    }

    SignInAgainDialog {
        id: again

        session: root.app.session
    }

    RecoverySetupDialog {
        id: recovery

        recovery: root.app.security.recovery
        files: root.app.security.keyFiles
    }

    RecoveryEntryDialog {
        id: entry

        entry: root.app.security.recoveryEntry
        verifies: root.app.security.encryption.canVerify
        onRestoreWanted: keys.begin(KeyFilesModel.Restore)
        onOtherWaysWanted: device.open()
    }

    KeyWorkDialog {
        id: keys

        files: root.app.security.keyFiles
    }

    VerifyDeviceDialog {
        id: device

        security: root.app.security
        onEntryWanted: entry.open()
        onResetWanted: recovery.begin(true)
    }

    PersonDialog {
        id: person

        person: root.app.security.person
        onDeviceWanted: deviceId => root.app.security.verification.verifyOwn(deviceId)
        onVerifyWanted: (userId, name) => root.app.security.verification.verifyPerson(userId, name)
    }

    RenameDeviceDialog {
        actions: root.app.security.deviceActions
    }

    SignOutDevicesDialog {
        actions: root.app.security.deviceActions
    }

    VerificationDialog {
        verification: root.app.security.verification
    }
}
