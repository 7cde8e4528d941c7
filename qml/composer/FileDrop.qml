// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Over the conversation: files that are dropped here are joined, not sent yet.
DropArea {
    id: root

    required property FileTrayModel files

    signal joined()

    // A copy, or who gives them might take them away.
    onEntered: drag => {
        if (drag.hasUrls)
            drag.accept(Qt.CopyAction)
        else
            drag.accepted = false
    }
    onDropped: drop => {
        drop.accept(Qt.CopyAction)
        root.files.add(drop.urls)
        root.joined()
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.gap8
        visible: root.containsDrag
        radius: Theme.radiusCard
        color: Theme.colour.selected
        border.width: 2
        border.color: Theme.colour.accent
    }

    EmptyState {
        anchors.fill: parent
        visible: root.containsDrag
        iconName: "paperclip"
        title: qsTr("Drop the files here")
        text: qsTr("You will see them before they are sent.")
    }
}
