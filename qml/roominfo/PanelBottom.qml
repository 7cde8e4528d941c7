// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// How private the conversation is, in plain words, and the way out.
Column {
    id: root

    required property TimelineModel timeline

    signal encryptionWanted()
    signal leaveWanted()

    topPadding: Theme.gap16
    bottomPadding: Theme.gap16
    spacing: Theme.gap8

    StyledText {
        width: parent.width
        font.pixelSize: Theme.message.pixelSize
        font.weight: Font.DemiBold
        text: qsTr("Privacy")
        Accessible.role: Accessible.Heading
    }

    StyledText {
        width: parent.width
        step: Theme.small
        wrapMode: Text.Wrap
        text: root.timeline.encrypted ? qsTr("Encrypted from end to end: the members can read the messages, the servers cannot.") : qsTr("Not encrypted: the servers that carry these messages can read them.")
        color: Theme.colour.text2
    }

    StyledText {
        width: parent.width
        visible: root.timeline.topic !== ""
        step: Theme.small
        wrapMode: Text.Wrap
        text: qsTr("Topic: %1").arg(root.timeline.topic)
        color: Theme.colour.text2
    }

    SecondaryButton {
        visible: root.timeline.encrypted
        iconName: "lock"
        text: qsTr("Who can read…")
        onClicked: root.encryptionWanted()
    }

    SecondaryButton {
        iconName: "log-out"
        text: qsTr("Leave the conversation…")
        onClicked: root.leaveWanted()
    }
}
