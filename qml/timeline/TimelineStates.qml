// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What stands in the place of an empty conversation.
Item {
    id: root

    required property TimelineModel timeline
    required property bool empty

    visible: root.empty

    EmptyState {
        anchors.fill: parent
        visible: root.timeline.loading
        busy: true
        title: qsTr("Loading the messages…")
    }

    EmptyState {
        anchors.fill: parent
        visible: !root.timeline.loading && root.timeline.errorText !== ""
        iconName: "wifi-off"
        title: qsTr("The messages could not be loaded")
        text: root.timeline.errorText
        actionText: qsTr("Try again")
        onActed: root.timeline.loadOlder()
    }

    EmptyState {
        anchors.fill: parent
        visible: !root.timeline.loading && root.timeline.errorText === ""
        iconName: "message-square"
        title: qsTr("No message yet")
        text: root.timeline.canSend ? qsTr("Write the first one below.") : ""
    }
}
