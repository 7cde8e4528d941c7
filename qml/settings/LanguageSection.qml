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
        focus: checked
        text: qsTr("The system’s")
        checked: root.settings.language !== "fr" && root.settings.language !== "en"
        enabled: !root.locked
        onClicked: root.settings.language = ""
    }

    ChoiceRow {
        width: parent.width
        focus: checked
        text: "Français"
        checked: root.settings.language === "fr"
        enabled: !root.locked
        onClicked: root.settings.language = "fr"
    }

    ChoiceRow {
        width: parent.width
        focus: checked
        text: "English"
        checked: root.settings.language === "en"
        enabled: !root.locked
        onClicked: root.settings.language = "en"
    }
}
