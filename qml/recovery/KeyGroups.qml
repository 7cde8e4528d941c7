// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The recovery key in groups of four, as it is copied by hand.
Rectangle {
    id: root

    required property RecoverySetupModel recovery
    readonly property int columns: Math.max(1, Math.min(4, Math.floor((root.width - 2 * Theme.gap16) / (84 * Theme.growth))))

    implicitHeight: grid.height + 2 * Theme.gap16
    radius: Theme.radiusCard
    color: Theme.colour.sunken
    border.width: 1
    border.color: Theme.colour.lineStrong

    activeFocusOnTab: true
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Recovery key: %1").arg(root.recovery.spokenKey)
    Accessible.focusable: true

    FocusRing {
        shown: root.activeFocus
        around: Theme.radiusCard
    }

    Grid {
        id: grid

        anchors.centerIn: parent
        columns: root.columns
        columnSpacing: Theme.gap20
        rowSpacing: Theme.gap8

        Repeater {
            model: root.recovery.groups

            StyledText {
                required property string modelData

                width: Math.round(64 * Theme.growth)
                horizontalAlignment: Text.AlignHCenter
                step: Theme.section
                font.family: "monospace"
                text: modelData
                Accessible.ignored: true
            }
        }
    }
}
