// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What can be done in each step of signing other devices out.
Flow {
    id: root

    required property DeviceActionsModel actions
    required property PasswordEntry password
    readonly property int step: root.actions.step

    signal submitted()
    signal closeWanted()

    function takeKeyboard() {
        // qmllint disable
        Qt.callLater(root.giveFocus)
        // qmllint enable
    }

    /// The question begins on the answer that changes nothing.
    function giveFocus() {
        for (const one of [root.password, page, done, keep]) {
            if (one.visible)
                return one.forceActiveFocus()
        }
    }

    layoutDirection: Qt.RightToLeft
    spacing: 10

    DangerButton {
        visible: root.step === DeviceActionsModel.Ask
        text: qsTr("Sign out")
        busy: root.actions.busy
        onClicked: root.actions.signOut()
    }

    PrimaryButton {
        visible: root.step === DeviceActionsModel.Password
        text: qsTr("Confirm")
        busy: root.actions.busy
        onClicked: root.submitted()
    }

    PrimaryButton {
        id: page

        visible: root.step === DeviceActionsModel.Browser
        iconName: "external-link"
        text: qsTr("Open the page")
        onClicked: root.actions.openPage()
    }

    SecondaryButton {
        visible: root.step === DeviceActionsModel.Browser
        text: qsTr("I have agreed there")
        busy: root.actions.busy
        onClicked: root.actions.signOut()
    }

    PrimaryButton {
        id: done

        visible: root.step === DeviceActionsModel.Finished
        text: qsTr("Done")
        onClicked: root.closeWanted()
    }

    SecondaryButton {
        id: keep

        visible: root.step !== DeviceActionsModel.Finished
        text: qsTr("Cancel")
        onClicked: root.closeWanted()
    }
}
