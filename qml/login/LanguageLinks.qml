// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The languages by their own names; the one that holds is marked.
Flow {
    id: root

    required property SettingsModel settings

    spacing: Theme.gap4

    FilterPill {
        text: "Français"
        checked: root.settings.shownLanguage === "fr"
        enabled: !root.settings.languageLocked
        onClicked: root.settings.language = "fr"
    }

    FilterPill {
        text: "English"
        checked: root.settings.shownLanguage === "en"
        enabled: !root.settings.languageLocked
        onClicked: root.settings.language = "en"
    }

    Tag {
        visible: root.settings.languageLocked
        meaning: Tag.Meaning.Caution
        iconName: "lock"
        text: qsTr("Fixed by your administration")
    }
}
