// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The step that is at hand, in the middle; the language below, as it must be found before signing in.
FocusScope {
    id: root

    required property LoginModel login
    required property SettingsModel settings
    property string noticeText: ""

    FocusScroll {
        anchors.fill: parent
        contentHeight: Math.max(height, column.height + 2 * Theme.gap32)

        Column {
            id: column

            x: Math.round((parent.width - width) / 2)
            y: Math.max(Theme.gap32, Math.round((parent.height - height) / 2))
            width: Math.min(parent.width - 2 * Theme.gap24, Math.round(380 * Theme.growth))
            spacing: Theme.gap20

            Banner {
                width: parent.width
                visible: root.noticeText !== ""
                meaning: Banner.Meaning.Caution
                iconName: "triangle-alert"
                text: root.noticeText
                radius: Theme.radiusControl
            }

            ServerStep {
                width: parent.width
                visible: root.login.step === LoginModel.ServerStep
                focus: visible
                login: root.login
                onVisibleChanged: if (visible)
                    forceActiveFocus()
            }

            PasswordStep {
                width: parent.width
                visible: root.login.step === LoginModel.PasswordStep
                focus: visible
                login: root.login
                onVisibleChanged: if (visible)
                    forceActiveFocus()
            }

            VaultStep {
                width: parent.width
                visible: root.login.step === LoginModel.VaultStep
                focus: visible
                login: root.login
                onVisibleChanged: if (visible)
                    forceActiveFocus()
            }

            LanguageLinks {
                width: parent.width
                settings: root.settings
            }
        }
    }
}
