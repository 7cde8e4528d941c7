// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Work on many keys: into a file, from a file, or all of the backup; with its progress, and an end before its end.
ModalDialog {
    id: root

    required property KeyFilesModel files
    readonly property bool exports: root.files.work === KeyFilesModel.Export
    readonly property bool restores: root.files.work === KeyFilesModel.Restore
    readonly property bool finished: root.files.resultText !== ""

    function begin(work: int) {
        root.files.begin(work)
        form.reset(root.files.work)
        root.open()
        if (root.restores)
            root.files.restore()
    }

    title: root.restores ? qsTr("Get all messages back") : root.exports ? qsTr("Export the keys") : qsTr("Import keys")
    onOpened: root.restores || root.files.busy ? stop.forceActiveFocus() : form.forceActiveFocus()
    onClosed: form.reset(root.files.work)
    onFinishedChanged: if (root.finished)
        close.forceActiveFocus()

    KeyFileForm {
        id: form

        width: parent.width
        visible: !root.restores && !root.files.busy && !root.finished
        files: root.files
    }

    StyledText {
        width: parent.width
        visible: root.restores && !root.finished
        text: qsTr("All message keys of your backup come onto this device. You can go on writing meanwhile.")
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    ProgressLine {
        width: parent.width
        visible: root.files.busy
        text: root.files.progressText
        fraction: root.files.fraction
    }

    StateLine {
        width: parent.width
        visible: root.finished
        level: StateLine.Level.Good
        text: root.files.resultText
    }

    FieldError {
        id: problem

        width: parent.width
        text: root.files.passphraseWrong ? "" : root.files.errorText // beside its field
        onVisibleChanged: if (visible)
            root.frame.reveal(problem)
    }

    footer: [
        PrimaryButton {
            visible: form.visible || (root.restores && !root.files.busy && !root.finished)
            text: root.restores ? qsTr("Start") : root.exports ? qsTr("Export") : qsTr("Import")
            enabled: root.restores || form.complete
            onClicked: root.restores ? root.files.restore() : form.submit()
        },
        SecondaryButton {
            id: stop

            visible: root.files.busy
            text: qsTr("Stop")
            onClicked: root.files.cancel()
            // The form is gone with the beginning of the work, and this with its end, whichever it is.
            onVisibleChanged: if (visible && root.opened)
                stop.forceActiveFocus()
            else if (root.opened && !root.finished)
                root.files.passphraseWrong ? form.askAgain() : close.forceActiveFocus()
        },
        SecondaryButton {
            id: close

            text: root.files.busy ? qsTr("Go on in the background") : root.finished ? qsTr("Done") : qsTr("Close")
            onClicked: root.close()
        }
    ]
}
