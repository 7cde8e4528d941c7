// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// The one thing to do next.
TextButton {
    ground: Theme.colour.accent
    groundHovered: Theme.colour.accentHover
    edge: Theme.colour.accent
    ink: Theme.colour.inkOnAccent
}
