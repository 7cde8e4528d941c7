// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// Leaving is asked about: one may not be able to come back.
ModalDialog {
    id: root

    property string roomId: ""
    property string roomName: ""

    signal agreed()

    title: qsTr("Leave “%1”?").arg(root.roomName)

    StyledText {
        width: parent.width
        text: qsTr("You will no longer receive its messages. To come back you may need a new invitation.")
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    footer: [
        DangerButton {
            text: qsTr("Leave")
            onClicked: {
                root.close()
                root.agreed()
            }
        },
        SecondaryButton {
            text: qsTr("Stay")
            focus: true
            onClicked: root.close()
        }
    ]
}
