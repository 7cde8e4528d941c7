// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The ways by which this device gets the account's trust, and what is left where neither can be gone.
ModalDialog {
    id: root

    required property SecurityModel security

    signal entryWanted()
    signal resetWanted()

    title: qsTr("Verify this device")
    onOpened: other.forceActiveFocus()

    StyledText {
        width: parent.width
        text: qsTr("A verified device can read earlier messages, and others can trust what it sends.")
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    WayButton {
        id: other

        usual: true
        iconName: "smartphone"
        text: qsTr("With another device")
        hint: qsTr("One on which you are signed in already.")
        onChosen: {
            root.close()
            root.security.verification.verifyOwn("")
        }
    }

    WayButton {
        visible: root.security.encryption.hasRecovery
        iconName: "key-round"
        text: qsTr("With the recovery key")
        hint: qsTr("The one that you kept when the recovery was set up.")
        onChosen: {
            root.close()
            root.entryWanted()
        }
    }

    LinkButton {
        visible: root.security.encryption.hasIdentity
        text: qsTr("Neither is possible? Reset everything…")
        onClicked: {
            root.close()
            root.resetWanted()
        }
    }

    footer: SecondaryButton {
        text: qsTr("Not now")
        onClicked: root.close()
    }
}
