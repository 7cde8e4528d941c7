// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The recovery key, shown once, with the ways of keeping it.
FocusScope {
    id: root

    required property RecoverySetupModel recovery
    required property KeyFilesModel files
    property bool saves: false

    implicitHeight: column.implicitHeight

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap16

        StyledText {
            width: parent.width
            text: qsTr("Keep it where only you can find it. It is not shown again once you have confirmed it.")
            color: Theme.colour.text2
            wrapMode: Text.Wrap
        }

        KeyGroups {
            width: parent.width
            recovery: root.recovery
        }

        Flow {
            width: parent.width
            spacing: 10

            SecondaryButton {
                focus: true
                iconName: "copy"
                text: qsTr("Copy the key")
                onClicked: root.recovery.copyKey()
            }

            SecondaryButton {
                visible: !root.saves
                iconName: "download"
                text: qsTr("Save it to a file…")
                onClicked: {
                    root.saves = true
                    place.text = root.files.suggestedPath("parvis-recovery-key.txt")
                    place.forceActiveFocus()
                }
            }
        }

        FileField {
            id: place

            width: parent.width
            visible: root.saves
            saves: true
            label: qsTr("File for the recovery key")
            hint: qsTr("You can print this file, then delete it.")
            onAccepted: root.recovery.saveKey(text)
        }

        SecondaryButton {
            visible: root.saves
            text: qsTr("Save the file")
            enabled: place.text !== ""
            onClicked: root.recovery.saveKey(place.text)
        }

        StateLine {
            width: parent.width
            visible: text !== ""
            level: StateLine.Level.Good
            text: root.recovery.noticeText
        }
    }
}
