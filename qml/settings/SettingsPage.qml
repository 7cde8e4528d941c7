// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// What the person can choose. Everything takes effect at once; Escape closes.
FocusScope {
    id: root

    required property SettingsModel settings
    required property SessionModel session
    required property SecurityModel security
    required property string version

    signal closeWanted()
    signal logoutWanted()
    signal setupWanted(bool resets)
    signal entryWanted()
    signal keysWanted(int work)
    signal shortcutsWanted()

    onVisibleChanged: root.watch()
    Component.onCompleted: root.watch()
    Keys.onEscapePressed: root.closeWanted()

    /// What is shown must not be old.
    function watch() {
        if (root.security === null)
            return
        if (!root.visible)
            return
        root.security.encryption.refresh()
        root.security.devices.refresh()
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Settings")

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.base
    }

    SettingsHeader {
        id: header

        width: parent.width
        onCloseWanted: root.closeWanted()
    }

    FocusScroll {
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        contentHeight: column.height

        Column {
            id: column

            x: Math.max(Theme.gap20, Math.round((parent.width - width) / 2))
            width: Math.min(parent.width - 2 * Theme.gap20, Math.round(600 * Theme.growth))
            topPadding: Theme.gap24
            bottomPadding: Theme.gap56
            spacing: Theme.gap32

            FieldError {
                width: parent.width
                text: root.settings.errorText
            }

            LanguageSection {
                width: parent.width
                focus: true
                settings: root.settings
            }

            ThemeSection {
                width: parent.width
                settings: root.settings
            }

            TextScaleSection {
                width: parent.width
                settings: root.settings
            }

            NoticeSection {
                width: parent.width
                settings: root.settings
            }

            KeyboardSection {
                width: parent.width
                onShortcutsWanted: root.shortcutsWanted()
            }

            EncryptionSection {
                width: parent.width
                visible: root.session.userId !== ""
                security: root.security
                onSetupWanted: resets => root.setupWanted(resets)
                onEntryWanted: root.entryWanted()
                onKeysWanted: work => root.keysWanted(work)
            }

            DevicesSection {
                width: parent.width
                visible: root.session.userId !== ""
                security: root.security
            }

            AccountSection {
                width: parent.width
                visible: root.session.userId !== ""
                session: root.session
                onLogoutWanted: root.logoutWanted()
            }

            AboutSection {
                width: parent.width
                version: root.version
            }
        }
    }
}
