// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What the desktop's notices show, which others may see as well.
SettingsSection {
    id: root

    required property SettingsModel settings

    title: qsTr("Notifications show")
    iconName: "bell"
    locked: root.settings.noticeContentLocked

    ChoiceRow {
        width: parent.width
        focus: checked
        text: qsTr("Who writes, and the message")
        checked: root.settings.noticeContent === SettingsModel.WholeMessage
        enabled: !root.locked
        onClicked: root.settings.noticeContent = SettingsModel.WholeMessage
    }

    ChoiceRow {
        width: parent.width
        focus: checked
        text: qsTr("Who writes")
        checked: root.settings.noticeContent === SettingsModel.SenderAlone
        enabled: !root.locked
        onClicked: root.settings.noticeContent = SettingsModel.SenderAlone
    }

    ChoiceRow {
        width: parent.width
        focus: checked
        text: qsTr("Only that something came")
        checked: root.settings.noticeContent === SettingsModel.Nothing
        enabled: !root.locked
        onClicked: root.settings.noticeContent = SettingsModel.Nothing
    }
}
