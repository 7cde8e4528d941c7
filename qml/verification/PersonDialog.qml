// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// A person: whether it is known that it is them, on which devices they read, and what can be done about it.
ModalDialog {
    id: root

    required property PersonModel person

    signal verifyWanted(string userId, string name)
    signal deviceWanted(string deviceId)

    function openFor(userId: string, name: string) {
        root.person.open(userId, name)
        root.open()
    }

    title: root.person.name
    onClosed: root.person.close()

    StyledText {
        width: parent.width
        step: Theme.small
        text: root.person.userId
        color: Theme.colour.text2
        wrapMode: Text.WrapAnywhere
    }

    StateLine {
        width: parent.width
        level: root.person.standing === PersonModel.Verified ? StateLine.Level.Good : root.person.standing === PersonModel.Violated ? StateLine.Level.Danger : root.person.standing === PersonModel.Unknown ? StateLine.Level.Unknown : StateLine.Level.Caution
        text: root.person.standingText
    }

    FieldError {
        id: problem

        width: parent.width
        text: root.person.errorText
        onVisibleChanged: if (visible)
            root.frame.reveal(problem)
    }

    StyledText {
        width: parent.width
        visible: root.person.devices.total > 0
        font.weight: Font.Medium
        text: qsTr("Devices: %1").arg(root.person.devices.total)
        Accessible.role: Accessible.Heading
    }

    Column {
        width: parent.width

        Repeater {
            model: root.person.devices

            DeviceRow {
                width: parent ? parent.width : 0
                onVerifyWanted: deviceId => {
                    root.close()
                    root.deviceWanted(deviceId)
                }
            }
        }
    }

    footer: [
        PrimaryButton {
            visible: root.person.canVerify
            iconName: "shield-check"
            text: root.person.standing === PersonModel.Violated ? qsTr("Verify again") : qsTr("Verify this person")
            onClicked: {
                const userId = root.person.userId
                const name = root.person.name
                root.close()
                root.verifyWanted(userId, name)
            }
        },
        SecondaryButton {
            visible: root.person.canAccept
            text: root.person.lapsed ? qsTr("Go on without") : qsTr("Accept the change")
            busy: root.person.busy
            onClicked: root.person.accept()
        },
        SecondaryButton {
            text: qsTr("Close")
            focus: true
            onClicked: root.close()
        }
    ]
}
