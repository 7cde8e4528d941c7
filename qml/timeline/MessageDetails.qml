// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// What a line says by signs alone or to the pointer: who exactly, when exactly, how safe; and a long text in full.
ModalDialog {
    id: root

    property string who: ""
    property string sender: ""
    property string when: ""
    property string caution: ""
    property string words: ""

    /// Copies: the line itself may be used for another message meanwhile.
    function openFor(line: MessageFrame) {
        const message = line as MessageDelegate
        const file = line as FileDelegate
        root.who = line.organisation === "" ? line.senderName : qsTr("%1, %2").arg(line.senderName).arg(line.organisation)
        root.sender = line.sender
        root.when = line.edited ? qsTr("%1, edited since").arg(line.fullTime) : line.fullTime
        root.caution = line.shieldText
        root.words = message !== null ? message.body : file !== null ? `${file.fileName}\n${file.body}`.trim() : ""
        root.open()
    }

    title: qsTr("Details of the message")

    StyledText {
        width: parent.width
        font.weight: Font.Medium
        text: root.who
        wrapMode: Text.Wrap
    }

    StyledText {
        width: parent.width
        visible: root.sender !== root.who
        step: Theme.small
        text: root.sender
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    StyledText {
        width: parent.width
        step: Theme.small
        text: root.when
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    Banner {
        width: parent.width
        visible: root.caution !== ""
        meaning: Banner.Meaning.Caution
        iconName: "shield-alert"
        text: root.caution
        radius: Theme.radiusControl
    }

    StyledText {
        width: parent.width
        visible: root.words !== ""
        step: Theme.message
        text: root.words
        wrapMode: Text.Wrap
    }

    footer: SecondaryButton {
        text: qsTr("Close")
        focus: true
        onClicked: root.close()
    }
}
