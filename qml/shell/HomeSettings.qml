// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Settings

/// The settings, with the questions that they lead to.
FocusScope {
    id: root

    required property AppModel app
    required property HomeDialogs dialogs

    signal closeWanted()

    OnDemand {
        wanted: root.visible

        SettingsPage {
            parent: root
            anchors.fill: parent
            focus: true
            visible: root.visible
            settings: root.app.settings
            session: root.app.session
            security: root.app.security
            version: root.app.version
            onCloseWanted: root.closeWanted()
            onLogoutWanted: root.dialogs.askLogout()
            onSetupWanted: resets => root.dialogs.setUpRecovery(resets)
            onEntryWanted: root.dialogs.enterKey()
            onShortcutsWanted: root.dialogs.showShortcuts()
            onKeysWanted: work => root.dialogs.workOnKeys(work)
        }
    }
}
