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
    readonly property bool good: root.trust === DeviceListModel.Verified

    signal verifyWanted(string deviceId)

    implicitHeight: words.height + Theme.gap16

    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken

    Symbol {
        y: words.y + Math.round((Theme.ui.lineHeight - height) / 2)
        name: root.good ? "shield-check" : root.trust === DeviceListModel.Signed ? "shield-question-mark" : "shield-alert"
        size: 18
        colour: root.good ? Theme.colour.success : root.trust === DeviceListModel.Violated ? Theme.colour.danger : root.trust === DeviceListModel.Signed ? Theme.colour.text2 : Theme.colour.warning
    }

    Column {
        id: words

        x: 28
        y: Theme.gap8
        width: parent.width - x - (verify.visible ? verify.width + Theme.gap12 : 0)

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

    SecondaryButton {
        id: verify

        x: parent.width - width
        y: words.y + Math.round((words.height - height) / 2)
        visible: root.verifiable
        size: Theme.controlSmall
        text: qsTr("Verify")
        Accessible.name: qsTr("Verify: %1").arg(root.name)
        onClicked: root.verifyWanted(root.deviceId)
    }
}
