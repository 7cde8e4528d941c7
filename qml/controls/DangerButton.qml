// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// What cannot be taken back.
TextButton {
    ground: Theme.colour.danger
    groundHovered: Theme.colour.danger
    edge: Theme.colour.danger
    ink: Theme.colour.inkOnDanger
}
