// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Under the text: what the keys do, and the button that sends.
Item {
    id: root

    required property ComposerModel composer
    required property TimelineModel timeline

    /// What cannot be done from here.
    property string problem: ""

    signal fieldWanted()

    height: visible ? Theme.control + 4 : 0

    JoinFileButton {
        id: join

        x: 6
        y: -2
        visible: !root.composer.editing
        files: root.composer.files
        onJoined: root.fieldWanted()
        onMissing: root.problem = qsTr("This computer has no dialog to choose files with. Paste them here, or drop them on the conversation.")
    }

    StyledText {
        x: join.visible ? join.x + join.width + 4 : Theme.gap16
        width: send.x - x - Theme.gap12
        anchors.verticalCenter: send.verticalCenter
        step: Theme.caption
        text: root.composer.editing ? qsTr("Enter to save, Escape to cancel") : root.composer.files.waits && !root.composer.sendable ? qsTr("Nothing can be sent yet: see the files above") : qsTr("Enter to send, Shift + Enter for a new line")
        color: Theme.colour.text3
    }

    IconButton {
        id: send

        anchors.right: parent.right
        anchors.rightMargin: 6
        y: -2
        iconName: root.composer.editing ? "check" : "send-horizontal"
        iconSize: 20
        ink: root.composer.sendable ? Theme.colour.accent : Theme.colour.text3
        text: root.composer.editing ? qsTr("Save the edit") : qsTr("Send")
        enabled: root.composer.sendable
        onClicked: root.composer.send()
    }
}
