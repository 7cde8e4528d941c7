// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme
import Parvis.Verification

/// The devices on which the account is signed in; this one first.
SettingsSection {
    id: root

    required property SecurityModel security

    title: qsTr("Your devices")
    iconName: "monitor"

    FieldError {
        x: Theme.gap8
        width: parent.width - x
        text: root.security.devices.errorText
    }

    Spinner {
        x: Theme.gap8
        visible: root.security.devices.loading && root.security.devices.total === 0
    }

    Repeater {
        model: root.security.devices

        DeviceRow {
            x: Theme.gap8
            width: parent ? parent.width - x : 0
            managed: true
            onVerifyWanted: deviceId => root.security.verification.verifyOwn(deviceId)
            onRenameWanted: deviceId => root.security.deviceActions.beginRename(deviceId)
            onSignOutWanted: deviceId => root.security.deviceActions.beginSignOut(deviceId)
        }
    }

    SecondaryButton {
        x: Theme.gap8
        mostWidth: parent.width - x
        visible: root.security.devices.others > 1
        iconName: "log-out"
        text: qsTr("Sign out all other devices…")
        onClicked: root.security.deviceActions.beginSignOutOthers()
    }
}
