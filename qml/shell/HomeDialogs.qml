// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Parvis.Controls
import Parvis.Models
import Parvis.Recovery
import Parvis.RoomInfo
import Parvis.Rooms
import Parvis.Settings
import Parvis.Verification

/// The questions that the home page asks over itself; each is made when it is first asked.
Item {
    id: root

    required property AppModel app
    readonly property Item over: T.Overlay.overlay

    function beginRoom() {
        (newRoom.made() as NewRoomDialog).open()
    }

    function askLogout() {
        (logout.made() as LogoutDialog).open()
    }

    function signInAgain() {
        (again.made() as SignInAgainDialog).open()
    }

    function setUpRecovery(resets: bool) {
        (recovery.made() as RecoverySetupDialog).begin(resets)
    }

    function enterKey() {
        (entry.made() as RecoveryEntryDialog).open()
    }

    function workOnKeys(work: int) {
        (keys.made() as KeyWorkDialog).begin(work)
    }

    function verifyDevice() {
        (device.made() as VerifyDeviceDialog).open()
    }

    function showPerson(userId: string, name: string) {
        (person.made() as PersonDialog).openFor(userId, name)
    }

    function askLeave(roomId: string, name: string) {
        const question = leaving.made() as LeaveDialog
        question.roomId = roomId
        question.roomName = name
        question.open()
    }

    function showShortcuts() {
        (shortcuts.made() as ShortcutsDialog).open()
    }

    OnDemand {
        id: newRoom

        NewRoomDialog {
            parent: root.over
            model: root.app.newRoom
        }
    }

    OnDemand {
        id: logout

        LogoutDialog {
            parent: root.over
            session: root.app.session
        }
    }

    OnDemand {
        id: again

        SignInAgainDialog {
            parent: root.over
            session: root.app.session
        }
    }

    OnDemand {
        id: recovery

        RecoverySetupDialog {
            parent: root.over
            recovery: root.app.security.recovery
            files: root.app.security.keyFiles
        }
    }

    OnDemand {
        id: entry

        RecoveryEntryDialog {
            parent: root.over
            entry: root.app.security.recoveryEntry
            verifies: root.app.security.encryption.canVerify
            onRestoreWanted: root.workOnKeys(KeyFilesModel.Restore)
            onOtherWaysWanted: root.verifyDevice()
        }
    }

    OnDemand {
        id: keys

        KeyWorkDialog {
            parent: root.over
            files: root.app.security.keyFiles
        }
    }

    OnDemand {
        id: device

        VerifyDeviceDialog {
            parent: root.over
            security: root.app.security
            onEntryWanted: root.enterKey()
            onResetWanted: root.setUpRecovery(true)
        }
    }

    OnDemand {
        id: leaving

        LeaveDialog {
            parent: root.over
            onAgreed: root.app.roomActions.leave(roomId, roomName)
        }
    }

    OnDemand {
        id: shortcuts

        ShortcutsDialog {
            parent: root.over
        }
    }

    OnDemand {
        id: person

        PersonDialog {
            parent: root.over
            person: root.app.security.person
            onDeviceWanted: deviceId => root.app.security.verification.verifyOwn(deviceId)
            onVerifyWanted: (userId, name) => root.app.security.verification.verifyPerson(userId, name)
        }
    }

    OnDemand {
        wanted: root.app.security.deviceActions.step === DeviceActionsModel.Rename

        RenameDeviceDialog {
            parent: root.over
            actions: root.app.security.deviceActions
        }
    }

    OnDemand {
        wanted: root.app.security.deviceActions.step >= DeviceActionsModel.Ask

        SignOutDevicesDialog {
            parent: root.over
            actions: root.app.security.deviceActions
        }
    }

    OnDemand {
        wanted: root.app.security.verification.showing

        VerificationDialog {
            parent: root.over
            verification: root.app.security.verification
        }
    }
}
