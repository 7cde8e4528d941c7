// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// What stands above the oldest line: more is coming, it failed, or this is the beginning.
Item {
    id: root

    required property TimelineModel timeline
    /// The messages do not fill the window, so that nobody can scroll to earlier ones.
    required property bool offersMore
    /// Without a line this is no start of anything: see TimelineStates.
    required property bool empty
    readonly property bool more: root.offersMore && !root.timeline.loading && !root.timeline.atStart

    height: visible ? Math.max(56, column.height + Theme.gap24) : 0
    visible: !root.empty && (root.timeline.loading || root.timeline.errorText !== "" || root.timeline.atStart || root.more)

    Column {
        id: column

        anchors.centerIn: parent
        width: parent.width - 2 * Theme.gap20
        spacing: Theme.gap8

        Spinner {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.timeline.loading
        }

        StyledText {
            width: parent.width
            visible: root.timeline.atStart && !root.timeline.loading
            horizontalAlignment: Text.AlignHCenter
            step: Theme.small
            wrapMode: Text.Wrap
            text: qsTr("This is where the conversation begins.")
            color: Theme.colour.text3
        }

        StyledText {
            width: parent.width
            visible: root.timeline.errorText !== ""
            horizontalAlignment: Text.AlignHCenter
            step: Theme.small
            wrapMode: Text.Wrap
            text: root.timeline.errorText
            color: Theme.colour.danger
        }

        SecondaryButton {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.timeline.errorText !== "" || root.more
            size: Theme.controlSmall
            text: root.timeline.errorText !== "" ? qsTr("Load again") : qsTr("Show earlier messages")
            onClicked: root.timeline.loadOlder()
        }
    }
}
