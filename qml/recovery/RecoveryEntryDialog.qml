// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The recovery key or the passphrase, typed or pasted; afterwards everything can be fetched at once.
ModalDialog {
    id: root

    required property RecoveryEntryModel entry
    /// This device is not verified yet, which can be done without the key, too.
    required property bool verifies

    signal restoreWanted()
    signal otherWaysWanted()

    function submit() {
        if (typed.text === "")
            return
        root.entry.recover(typed.text)
        typed.selectAll()
    }

    title: root.entry.renewed ? qsTr("Your keys are backed up again") : root.entry.opened ? qsTr("Your messages come back") : root.entry.renews ? qsTr("Make a new key backup") : qsTr("Enter the recovery key")
    onAboutToShow: {
        root.entry.begin()
        typed.clear()
    }
    onOpened: typed.forceActiveFocus()
    onClosed: typed.clear()

    StyledText {
        width: parent.width
        visible: !root.entry.opened
        text: root.entry.hintText
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    PasswordEntry {
        id: typed

        width: parent.width
        visible: !root.entry.opened
        label: qsTr("Recovery key or passphrase")
        errorText: root.entry.errorText
        onAccepted: root.submit()
    }

    LinkButton {
        visible: !root.entry.opened && root.verifies
        text: qsTr("Other ways of verifying…")
        onClicked: {
            root.close()
            root.otherWaysWanted()
        }
    }

    StateLine {
        width: parent.width
        visible: root.entry.opened
        level: root.entry.backup ? StateLine.Level.Good : StateLine.Level.Caution
        text: root.entry.resultText
    }

    footer: [
        PrimaryButton {
            visible: !root.entry.opened
            text: root.entry.renews ? qsTr("Make the backup") : qsTr("Open")
            busy: root.entry.busy
            onClicked: root.submit()
        },
        PrimaryButton {
            id: all

            visible: root.entry.opened && root.entry.backup && !root.entry.renewed
            text: qsTr("Get my messages back now")
            onClicked: {
                root.close()
                root.restoreWanted()
            }
            onVisibleChanged: if (visible)
                forceActiveFocus()
        },
        SecondaryButton {
            text: root.entry.opened ? qsTr("Close") : qsTr("Later")
            onClicked: root.close()
            onTextChanged: if (root.entry.opened && !all.visible)
                forceActiveFocus()
        }
    ]
}
