// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// How the conversation is encrypted, for whom, and the wish that nobody but verified people reads.
Column {
    id: root

    required property RoomReadersModel readers
    required property EncryptionModel encryption

    signal backWanted()
    signal closeWanted()

    topPadding: Theme.gap12
    bottomPadding: Theme.gap8
    spacing: Theme.gap12

    Item {
        width: parent.width
        height: Math.max(Theme.control, heading.height)

        IconButton {
            id: back

            anchors.verticalCenter: parent.verticalCenter
            iconName: "chevron-left"
            text: qsTr("Back to the members")
            onClicked: root.backWanted()
        }

        StyledText {
            id: heading

            x: back.width + Theme.gap8
            width: parent.width - x - close.width
            anchors.verticalCenter: parent.verticalCenter
            font.pixelSize: Theme.message.pixelSize
            font.weight: Font.DemiBold
            text: qsTr("Encryption")
            Accessible.role: Accessible.Heading
        }

        IconButton {
            id: close

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            iconName: "x"
            text: qsTr("Close the encryption page")
            onClicked: root.closeWanted()
        }
    }

    StateLine {
        width: parent.width
        level: StateLine.Level.Good
        text: root.readers.sinceText
    }

    HeldToggle {
        width: parent.width
        enabled: !root.readers.onlyVerifiedEverywhere && root.readers.known
        held: root.readers.onlyVerified
        text: qsTr("Write here to verified people only")
        hint: root.encryption.onlyVerifiedLocked ? qsTr("Fixed by your administration, for every conversation.") : root.readers.onlyVerifiedEverywhere ? qsTr("You have chosen it in the settings, for every conversation.") : qsTr("Whom you have not verified will not be able to read what you write here.")
        onWished: on => root.readers.onlyVerified = on
    }

    FieldError {
        width: parent.width
        text: root.readers.errorText
    }

    StyledText {
        width: parent.width
        topPadding: Theme.gap8
        font.pixelSize: Theme.message.pixelSize
        font.weight: Font.DemiBold
        text: qsTr("Who can read what you write now")
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
    }

    StyledText {
        width: parent.width
        visible: text !== ""
        step: Theme.small
        text: root.readers.ruleText
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    StateLine {
        width: parent.width
        visible: text !== ""
        level: StateLine.Level.Caution
        text: root.readers.excludedText
    }

    StateLine {
        width: parent.width
        visible: text !== ""
        level: StateLine.Level.Caution
        text: root.readers.unsignedText
    }

    Spinner {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: !root.readers.known && root.readers.errorText === ""
    }
}
