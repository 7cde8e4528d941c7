// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The people who were named so far; each can be taken out again.
Flow {
    id: root

    required property NewRoomModel model

    spacing: 6

    Repeater {
        model: root.model.people

        SecondaryButton {
            required property string modelData

            size: Theme.controlSmall
            iconName: "x"
            text: modelData
            Accessible.name: qsTr("Remove %1").arg(modelData)
            onClicked: root.model.remove(modelData)
        }
    }
}
