// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic

/// A menu of verbs.
Menu {
    id: root

    padding: 6
    implicitWidth: Math.max(220, contentWidth + 12)

    background: Raised {
        implicitWidth: 220
        radius: 10
    }

    delegate: MenuRow {}
}
