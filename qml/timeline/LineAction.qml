// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// A small button of MessageActions. For the pointer: keys and screen readers have the menu of the line.
IconButton {
    size: Theme.controlSmall
    iconSize: Math.round(16 * Theme.columnGrowth)
    focusPolicy: Qt.NoFocus
    activeFocusOnTab: false

    Accessible.ignored: true
}
