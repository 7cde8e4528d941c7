// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What can be done in each step: the next thing first, at the right.
Flow {
    id: root

    required property VerificationModel verification
    required property Item reader
    required property VerificationWays ways
    readonly property int step: root.verification.step
    /// The step goes on by itself, or by the other side.
    readonly property bool waits: root.step === VerificationModel.Asking || root.step === VerificationModel.AwaitOther || root.step === VerificationModel.Preparing || root.step === VerificationModel.Waiting || (root.step === VerificationModel.Choose && !root.verification.choosesHere)
    readonly property bool over: root.step === VerificationModel.Done || root.step === VerificationModel.Cancelled || root.step === VerificationModel.Elsewhere || root.step === VerificationModel.Failed
    readonly property bool confirms: root.step === VerificationModel.Compare || root.step === VerificationModel.ConfirmScan

    signal closeWanted()

    /// Where a key pressed too early says nothing that cannot be taken back.
    function takeKeyboard() {
        // qmllint disable
        Qt.callLater(root.giveFocus)
        // qmllint enable
    }

    function giveFocus() {
        if (root.reader.visible)
            return root.reader.forceActiveFocus()
        if (root.ways.visible && root.ways.first !== null)
            return root.ways.first.forceActiveFocus()
        for (const one of [differ, accept, again, done, close, back]) {
            if (one.visible && one.enabled)
                return one.forceActiveFocus()
        }
    }

    layoutDirection: Qt.RightToLeft
    spacing: 10

    PrimaryButton {
        id: same

        visible: root.confirms
        text: root.step === VerificationModel.ConfirmScan ? qsTr("Yes, it says so") : root.verification.emojiNames.length > 0 ? qsTr("They match") : qsTr("The numbers match")
        busy: root.verification.busy
        onClicked: root.verification.confirm()
    }

    SecondaryButton {
        id: differ

        visible: root.confirms
        text: root.step === VerificationModel.ConfirmScan ? qsTr("No, it does not") : root.verification.emojiNames.length > 0 ? qsTr("They do not match") : qsTr("The numbers do not match")
        onClicked: root.verification.mismatch()
    }

    PrimaryButton {
        id: accept

        visible: root.step === VerificationModel.Incoming
        text: qsTr("Accept")
        busy: root.verification.busy
        onClicked: root.verification.accept()
    }

    PrimaryButton {
        id: again

        visible: root.verification.canTryAgain
        text: qsTr("Try again")
        onClicked: root.verification.tryAgain()
    }

    PrimaryButton {
        id: done

        visible: root.step === VerificationModel.Done
        text: qsTr("Done")
        onClicked: root.closeWanted()
    }

    SecondaryButton {
        id: close

        visible: root.waits || (root.over && root.step !== VerificationModel.Done)
        text: qsTr("Close")
        onClicked: root.closeWanted()
    }

    SecondaryButton {
        id: back

        visible: root.step === VerificationModel.ShowCode || root.step === VerificationModel.ReadCode
        text: qsTr("Other ways")
        onClicked: root.verification.backToChoice()
    }

    SecondaryButton {
        visible: !root.over && !root.confirms && root.step !== VerificationModel.Asking && root.step !== VerificationModel.Nothing
        text: root.step === VerificationModel.Incoming ? qsTr("Decline") : qsTr("End the verification")
        onClicked: root.verification.cancel()
    }
}
