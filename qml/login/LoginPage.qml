// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models
import Parvis.Theme

/// Signing in: on the left the step, on the right what this place is.
FocusScope {
    id: root

    required property LoginModel login
    required property SettingsModel settings
    property string noticeText: ""

    LoginSheet {
        id: sheet

        width: promise.visible ? root.width / 2 : root.width
        height: root.height
        login: root.login
        noticeText: root.noticeText
        settings: root.settings
        focus: true
    }

    PromisePanel {
        id: promise

        x: sheet.width
        width: root.width - x
        height: root.height
        visible: root.width >= Theme.oneSheetBelow
    }
}
