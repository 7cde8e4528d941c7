// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// A small way aside, written as a link.
TextButton {
    width: parent ? Math.min(implicitWidth, parent.width) : implicitWidth
    size: Theme.controlSmall
    leftPadding: 4
    ink: Theme.colour.link
}
