// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Title and number, inviting, filtering.
Column {
    id: root

    required property MemberListModel members
    required property TimelineModel timeline

    readonly property string roomId: root.timeline.roomId

    signal closeWanted()

    // What was begun for one conversation is not for the next.
    onRoomIdChanged: {
        invitee.clear()
        filter.clear()
    }

    topPadding: Theme.gap12
    bottomPadding: Theme.gap8
    spacing: Theme.gap12

    Item {
        width: parent.width
        height: Math.max(Theme.control, heading.height)

        StyledText {
            id: heading

            width: parent.width - close.width
            anchors.verticalCenter: parent.verticalCenter
            font.pixelSize: Theme.message.pixelSize
            font.weight: Font.DemiBold
            text: root.members.total > 0 ? qsTr("Members: %1").arg(root.members.total) : qsTr("Members")
            Accessible.role: Accessible.Heading
        }

        IconButton {
            id: close

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            iconName: "x"
            text: qsTr("Close the details")
            onClicked: root.closeWanted()
        }
    }

    TextEntry {
        id: invitee

        width: parent.width
        visible: root.timeline.canSend
        label: qsTr("Invite somebody")
        //: An example of an address; keep its form
        placeholder: qsTr("@first.last:administration.example")
        errorText: root.members.errorText
        hint: root.members.noticeText
        onAccepted: if (root.members.invite(text))
            clear()
    }

    SearchEntry {
        id: filter

        width: parent.width
        visible: root.members.total > 8
        label: qsTr("Filter the members")
        onTextChanged: root.members.filterText = text
    }

    Spinner {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.members.loading && root.members.total === 0
    }
}
