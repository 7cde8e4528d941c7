// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// Light, dark, or as the desktop says.
SettingsSection {
    id: root

    required property SettingsModel settings

    title: qsTr("Appearance")
    iconName: "sun"
    locked: root.settings.themeLocked

    ChoiceRow {
        width: parent.width
        focus: checked
        text: qsTr("As the system")
        checked: root.settings.theme === SettingsModel.System
        enabled: !root.locked
        onClicked: root.settings.theme = SettingsModel.System
    }

    ChoiceRow {
        width: parent.width
        focus: checked
        text: qsTr("Light")
        checked: root.settings.theme === SettingsModel.Light
        enabled: !root.locked
        onClicked: root.settings.theme = SettingsModel.Light
    }

    ChoiceRow {
        width: parent.width
        focus: checked
        text: qsTr("Dark")
        checked: root.settings.theme === SettingsModel.Dark
        enabled: !root.locked
        onClicked: root.settings.theme = SettingsModel.Dark
    }
}
