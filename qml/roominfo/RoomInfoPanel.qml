// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models
import Parvis.Theme

/// Beside the conversation: who is in it, who else may come, how private it is, the way out. Escape closes.
FocusScope {
    id: root

    required property MemberListModel members
    required property TimelineModel timeline

    signal closeWanted()
    signal personChosen(string userId, string name)
    signal encryptionWanted()

    onVisibleChanged: root.members.shown = root.visible
    Component.onCompleted: root.members.shown = root.visible
    Keys.onEscapePressed: root.closeWanted()

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Details of %1").arg(root.timeline.name)

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.base
    }

    Rectangle {
        width: 1
        height: parent.height
        color: Theme.colour.line
    }

    MemberList {
        id: list

        anchors.fill: parent
        anchors.leftMargin: 18
        anchors.rightMargin: 10
        model: root.members
        onPersonChosen: (userId, name) => root.personChosen(userId, name)
        focus: true
        topMargin: panelTop.height
        bottomMargin: panelBottom.height

        // Not header and footer: Qt 6.4 cannot make bound components for them.
        PanelTop {
            id: panelTop

            parent: list.contentItem
            y: list.originY - height
            width: list.width - 8
            members: root.members
            timeline: root.timeline
            onCloseWanted: root.closeWanted()
        }

        PanelBottom {
            id: panelBottom

            parent: list.contentItem
            y: list.originY + list.contentHeight
            width: list.width - 8
            timeline: root.timeline
            onEncryptionWanted: root.encryptionWanted()
            onLeaveWanted: leaveQuestion.open()
        }
    }

    LeaveDialog {
        id: leaveQuestion

        roomName: root.timeline.name
        onAgreed: root.members.leave()
    }
}
