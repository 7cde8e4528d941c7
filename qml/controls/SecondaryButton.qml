// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// Another thing that can be done.
TextButton {
    edge: Theme.colour.lineStrong
}
