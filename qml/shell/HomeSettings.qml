// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import Parvis.Models
import Parvis.Settings

/// The settings, with the questions that they lead to.
SettingsPage {
    id: root

    required property AppModel app
    required property HomeDialogs dialogs

    settings: root.app.settings
    session: root.app.session
    security: root.app.security
    version: root.app.version
    onLogoutWanted: root.dialogs.askLogout()
    onSetupWanted: resets => root.dialogs.setUpRecovery(resets)
    onEntryWanted: root.dialogs.enterKey()
    onKeysWanted: work => root.dialogs.workOnKeys(work)
}
