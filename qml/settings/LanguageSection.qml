// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// The language of the window; it changes while it is open.
SettingsSection {
    id: root

    required property SettingsModel settings

    title: qsTr("Language")
    iconName: "languages"
    locked: root.settings.languageLocked

    ChoiceRow {
        width: parent.width
        focus: true
        text: qsTr("The system’s")
        checked: root.settings.language === ""
        enabled: !root.locked
        onClicked: root.settings.language = ""
    }

    ChoiceRow {
        width: parent.width
        text: "Français"
        checked: root.settings.language === "fr"
        enabled: !root.locked
        onClicked: root.settings.language = "fr"
    }

    ChoiceRow {
        width: parent.width
        text: "English"
        checked: root.settings.language === "en"
        enabled: !root.locked
        onClicked: root.settings.language = "en"
    }
}
