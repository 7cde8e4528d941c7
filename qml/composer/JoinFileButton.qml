// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models

/// Chooses files in the system's dialog; they are shown before they are sent.
IconButton {
    id: root

    required property FileTrayModel files
    /// The dialog is made when it is first asked for: its library is large.
    property bool asked: false

    signal joined()
    /// There is no dialog on this computer.
    signal missing()

    iconName: "paperclip"
    text: qsTr("Join files")
    onClicked: {
        root.asked = false
        root.asked = true
    }

    Repeater {
        model: root.asked ? 1 : 0
        onItemAdded: (index, item) => (item as FileChooser).open()

        FileChooser {
            id: chooser

            several: true
            label: qsTr("Join files")
            onMissing: root.missing()
            onChosen: {
                root.files.add(chooser.addresses)
                root.joined()
                root.asked = false
            }
        }
    }
}
