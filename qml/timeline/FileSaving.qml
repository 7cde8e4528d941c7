// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models

/// Asks the system where the file of a message shall go.
Item {
    id: root

    required property FileSaver saver
    property string eventId: ""
    property string name: ""
    /// The dialog is made when it is first asked for: its library is large.
    property bool asked: false

    signal ended()

    function begin(eventId: string, name: string) {
        root.asked = false
        root.eventId = eventId
        root.name = name
        root.asked = true
    }

    Repeater {
        model: root.asked ? 1 : 0
        onItemAdded: (index, item) => (item as FileChooser).open()

        FileChooser {
            id: chooser

            saves: true
            label: qsTr("Save the file")
            proposed: root.saver.placeFor(root.name)
            // Better there than nowhere; its line says where that is.
            onMissing: {
                root.saver.save(root.eventId, root.name, chooser.proposed)
                root.ended()
            }
            onChosen: {
                root.saver.save(root.eventId, root.name, chooser.addresses[0])
                root.ended()
                root.asked = false
            }
        }
    }
}
