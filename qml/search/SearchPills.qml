// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls

/// One choice of a few, in a row that wraps.
Flow {
    id: root

    required property string name
    required property list<string> texts
    required property int chosen

    signal wished(int at)

    spacing: 5

    Accessible.role: Accessible.Grouping
    Accessible.name: root.name

    Repeater {
        model: root.texts

        FilterPill {
            id: pill

            required property int index
            required property string modelData

            text: pill.modelData
            checked: root.chosen === pill.index
            onClicked: root.wished(pill.index)
        }
    }
}
