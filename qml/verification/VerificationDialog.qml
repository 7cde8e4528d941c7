// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// One verification, whichever side began it. Closing ends nothing: a banner brings it back.
ModalDialog {
    id: root

    required property VerificationModel verification
    readonly property int step: root.verification.step
    readonly property bool shown: root.verification.showing
    /// Its end is good, or it alarms: that has a sign.
    readonly property bool concluded: root.step === VerificationModel.Done || root.verification.alarms

    title: root.verification.title
    onShownChanged: if (root.shown)
        root.open()
    else
        root.close()
    onClosed: {
        root.verification.hide()
        // The next one that waits.
        if (root.shown)
            root.open()
    }
    onOpened: buttons.takeKeyboard()
    // What had the keyboard may be gone with the step before.
    onStepChanged: if (root.opened)
        buttons.takeKeyboard()

    StyledText {
        width: parent.width
        visible: text !== "" && !root.concluded
        text: root.verification.text
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    StateLine {
        width: parent.width
        visible: root.concluded
        level: root.verification.alarms ? StateLine.Level.Danger : StateLine.Level.Good
        text: root.verification.text
    }

    Spinner {
        visible: buttons.waits
    }

    VerificationWays {
        id: ways

        width: parent.width
        visible: root.step === VerificationModel.Choose && ways.first !== null
        verification: root.verification
    }

    EmojiGrid {
        width: parent.width
        visible: root.step === VerificationModel.Compare && root.verification.emojiNames.length > 0
        verification: root.verification
    }

    NumberLine {
        width: parent.width
        visible: root.step === VerificationModel.Compare && root.verification.emojiNames.length === 0
        numbers: root.verification.numbers
    }

    CodePicture {
        width: parent.width
        visible: root.step === VerificationModel.ShowCode
        verification: root.verification
    }

    CodeReader {
        id: reader

        width: parent.width
        visible: root.step === VerificationModel.ReadCode
        verification: root.verification
    }

    FieldError {
        id: problem

        width: parent.width
        text: reader.visible ? "" : root.verification.errorText
        onVisibleChanged: if (visible)
            root.frame.reveal(problem)
    }

    StyledText {
        width: parent.width
        visible: root.verification.more > 0
        step: Theme.small
        text: qsTr("%n more verification(s) follow.", "", root.verification.more)
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    footer: VerificationButtons {
        id: buttons

        width: root.frame.width
        verification: root.verification
        reader: reader
        ways: ways
        onCloseWanted: root.close()
    }
}
