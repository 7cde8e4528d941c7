// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// Beginning anew over existing data: only after reading what that means, and saying so.
ModalDialog {
    id: root

    signal agreed()

    title: qsTr("Start over without these messages?")
    onOpened: consent.checked = false

    StyledText {
        width: parent.width
        text: qsTr("The files of this account are set aside on this computer, not deleted. You sign in as a new device: encrypted messages from before can only be read if a backup or another device of yours gives their keys. What was not sent yet and your drafts stay in the files set aside.")
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    Toggle {
        id: consent

        width: parent.width
        text: qsTr("I have understood and want to start over")
    }

    footer: [
        DangerButton {
            text: qsTr("Start over")
            enabled: consent.checked
            onClicked: {
                if (!consent.checked)
                    return
                root.close()
                root.agreed()
            }
        },
        SecondaryButton {
            text: qsTr("Keep everything")
            focus: true
            onClicked: root.close()
        }
    ]
}
