// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// A device: its name, when it was used, how far it can be trusted.
Item {
    id: root

    required property string deviceId
    required property string name
    required property string seenText
    required property string trustText
    required property string spoken
    required property int trust
    required property bool verifiable
    required property bool removable
    /// One's own device, in the list where it is given another name or signed out.
    property bool managed: false
    /// Beside the buttons there would be too little room for the words.
    readonly property bool stacked: root.width < actions.width + 200 * Theme.growth
    readonly property bool good: root.trust === DeviceListModel.Verified

    signal verifyWanted(string deviceId)
    signal renameWanted(string deviceId)
    signal signOutWanted(string deviceId)

    implicitHeight: words.height + Theme.gap16 + (root.stacked && actions.width > 0 ? actions.height + 4 : 0)

    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken

    Symbol {
        id: sign

        y: words.y + Math.round((Theme.ui.lineHeight - height) / 2)
        name: root.good ? "shield-check" : root.trust === DeviceListModel.Signed ? "shield-question-mark" : "shield-alert"
        size: 18
        colour: root.good ? Theme.colour.success : root.trust === DeviceListModel.Violated ? Theme.colour.danger : root.trust === DeviceListModel.Signed ? Theme.colour.text2 : Theme.colour.warning
    }

    Column {
        id: words

        x: sign.width + 10
        y: Theme.gap8
        width: parent.width - x - (actions.width > 0 && !root.stacked ? actions.width + Theme.gap12 : 0)

        StyledText {
            width: parent.width
            font.weight: Font.Medium
            text: root.name
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        StyledText {
            width: parent.width
            step: Theme.small
            text: root.seenText === "" ? root.trustText : qsTr("%1 · %2").arg(root.trustText).arg(root.seenText)
            color: Theme.colour.text2
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }

    Row {
        id: actions

        x: root.stacked ? words.x : parent.width - width
        y: root.stacked ? words.y + words.height + 4 : words.y + Math.round((words.height - height) / 2)
        spacing: 4

        SecondaryButton {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.verifiable
            size: Theme.controlSmall
            text: qsTr("Verify")
            Accessible.name: qsTr("Verify: %1").arg(root.name)
            onClicked: root.verifyWanted(root.deviceId)
        }

        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.managed
            iconName: "pencil"
            iconSize: Math.round(18 * Theme.columnGrowth)
            text: qsTr("Rename: %1").arg(root.name)
            onClicked: root.renameWanted(root.deviceId)
        }

        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.managed && root.removable
            iconName: "log-out"
            iconSize: Math.round(18 * Theme.columnGrowth)
            text: qsTr("Sign out: %1").arg(root.name)
            onClicked: root.signOutWanted(root.deviceId)
        }
    }
}
