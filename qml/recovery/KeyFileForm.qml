// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Which file, under which passphrase.
FocusScope {
    id: root

    required property KeyFilesModel files
    readonly property bool exports: root.files.work === KeyFilesModel.Export
    readonly property bool differs: again.text !== "" && again.text !== first.text
    readonly property bool complete: place.text !== "" && first.text !== "" && (!root.exports || (root.files.strength(first.text) > KeyFilesModel.Weak && first.text === again.text))

    function reset(work: int) {
        first.clear()
        again.clear()
        place.text = work === KeyFilesModel.Export ? root.files.suggestedPath("parvis-keys.txt") : ""
    }

    function submit() {
        if (!root.complete)
            return
        if (root.exports)
            root.files.exportTo(place.text, first.text)
        else
            root.files.importFrom(place.text, first.text)
        first.clear()
        again.clear()
    }

    /// The passphrase alone was wrong: it is typed anew.
    function askAgain() {
        first.forceActiveFocus()
    }

    implicitHeight: column.implicitHeight

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap16

        StyledText {
            width: parent.width
            text: root.exports ? qsTr("The keys of the messages that this device can read go into a file that other Matrix applications open, too. It is encrypted by a passphrase.") : qsTr("Takes the keys from a file that this or another Matrix application exported.")
            color: Theme.colour.text2
            wrapMode: Text.Wrap
        }

        FileField {
            id: place

            width: parent.width
            focus: true
            saves: root.exports
            label: root.exports ? qsTr("File for the keys") : qsTr("File with the keys")
            hint: root.exports ? qsTr("A file that is there already is replaced.") : ""
            onAccepted: first.forceActiveFocus()
        }

        PasswordEntry {
            id: first

            width: parent.width
            label: root.exports ? qsTr("Passphrase of the file") : qsTr("Passphrase under which it was exported")
            hint: root.exports ? root.files.strengthText(text) : ""
            errorText: root.files.passphraseWrong && text === "" ? root.files.errorText : ""
            onAccepted: root.exports ? again.forceActiveFocus() : root.submit()
        }

        PasswordEntry {
            id: again

            width: parent.width
            visible: root.exports
            label: qsTr("The same passphrase once more")
            errorText: root.differs ? qsTr("The two are not the same.") : ""
            onAccepted: root.submit()
        }
    }
}
