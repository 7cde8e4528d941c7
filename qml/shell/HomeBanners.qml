// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What the person must know before writing on: the worst first, one at a time.
Item {
    id: root

    required property AppModel app
    required property HomeDialogs dialogs
    /// The page itself says what should be done about the keys.
    property bool keysSaid: false

    readonly property ConnectionModel connection: root.app.connection
    property real mostHeight: 10000

    signal settingsWanted()

    readonly property bool diskFull: root.connection.storage === ConnectionModel.DiskFull
    readonly property bool failing: root.connection.storage === ConnectionModel.Failing
    readonly property bool keysDamaged: root.connection.storage === ConnectionModel.KeysDamaged
    readonly property bool offline: root.connection.state === ConnectionModel.Offline
    readonly property bool connecting: root.connection.state === ConnectionModel.Connecting
    /// A connection that comes within a moment is not worth moving the page for.
    property bool late: false

    height: disk.visible ? disk.height : ended.visible ? ended.height : away.visible ? away.height : security.height

    Timer {
        interval: 2000
        running: root.connecting
        onRunningChanged: if (running)
            root.late = false
        onTriggered: root.late = true
    }

    Banner {
        id: disk

        width: parent.width
        mostHeight: root.mostHeight
        visible: root.diskFull || root.failing || root.keysDamaged
        meaning: Banner.Meaning.Danger
        iconName: "hard-drive"
        text: root.keysDamaged ? qsTr("The file with your encryption keys (keys.db) is damaged. It is kept as it is. Do not sign out, and tell your support. (PARVIS_KEYS_DAMAGED)") : root.diskFull ? qsTr("This computer’s disk is full. What is here is safe, but nothing new can be kept, so nothing is received or sent. Free some space: Parvis then goes on by itself. (PARVIS_DISK_FULL)") : qsTr("This computer’s disk does not answer as it should. What was kept is safe; new messages may not be. Tell your support. (PARVIS_STORE_FAILED)")
    }

    Banner {
        id: ended

        width: parent.width
        mostHeight: root.mostHeight
        visible: !disk.visible && root.app.session.needsSignIn
        meaning: Banner.Meaning.Caution
        iconName: "key-round"
        text: qsTr("The server has ended this session. Your messages and what you have not sent yet are kept. (M_UNKNOWN_TOKEN)")
        actionText: qsTr("Sign in again")
        onActed: root.dialogs.signInAgain()
    }

    Banner {
        id: away

        width: parent.width
        mostHeight: root.mostHeight
        visible: !disk.visible && !ended.visible && (root.offline || (root.connecting && root.late))
        meaning: root.offline ? Banner.Meaning.Caution : Banner.Meaning.Information
        iconName: "wifi-off"
        busy: !root.offline
        text: !root.offline ? qsTr("Connecting to the server…") : qsTr("You are offline. What you write is kept and sent later. %1").arg(root.connection.reasonText)
        actionText: root.offline ? qsTr("Try now") : ""
        onActed: root.connection.retryNow()
    }

    SecurityBanners {
        id: security

        width: parent.width
        mostHeight: root.mostHeight
        security: root.app.security
        covered: disk.visible || ended.visible || away.visible
        said: root.keysSaid
        onVerifyWanted: root.dialogs.verifyDevice()
        onSetupWanted: root.dialogs.setUpRecovery(false)
        onSettingsWanted: root.settingsWanted()
    }
}
