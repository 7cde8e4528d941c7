// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Theme

/// A menu of verbs.
Menu {
    id: root

    padding: 6
    implicitWidth: Math.max(Math.round(230 * Theme.growth), contentWidth + 12)

    background: Raised {
        radius: 10
    }

    delegate: MenuRow {}
}
