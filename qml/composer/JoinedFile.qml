// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// A file that is joined: its name, its size or what is wrong with it, and the way to take it away.
Rectangle {
    id: root

    required property int fileId
    required property string name
    required property string details
    required property string iconName
    required property int step
    required property string errorText
    required property string spoken
    readonly property bool taking: root.step === FileTrayModel.Taking

    signal removed(int fileId)

    height: words.height + 2 * Theme.gap8
    radius: Theme.radiusControl
    color: Theme.colour.sunken
    border.width: 1
    border.color: root.errorText !== "" ? Theme.colour.danger : Theme.colour.line

    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken

    Symbol {
        x: Theme.gap12
        y: Theme.gap8
        name: root.iconName
        size: 20
        colour: Theme.colour.text2
    }

    Column {
        id: words

        x: 2 * Theme.gap12 + Math.round(20 * Theme.columnGrowth)
        y: Theme.gap8
        width: remove.x - x - Theme.gap8

        StyledText {
            width: parent.width
            font.weight: Font.Medium
            text: root.name
            elide: Text.ElideMiddle
            Accessible.ignored: true
        }

        StyledText {
            width: parent.width
            visible: text !== "" && root.errorText === ""
            step: Theme.small
            text: root.details
            color: Theme.colour.text2
            Accessible.ignored: true
        }

        FieldError {
            width: parent.width
            text: root.errorText
        }
    }

    IconButton {
        id: remove

        anchors.right: parent.right
        anchors.rightMargin: 6
        y: Math.min(6, Math.round((parent.height - height) / 2))
        size: Theme.controlSmall
        iconSize: Math.round(16 * Theme.columnGrowth)
        iconName: "x"
        enabled: !root.taking
        text: qsTr("Take away")
        Accessible.name: qsTr("Take away: %1").arg(root.name)
        onClicked: root.removed(root.fileId)
    }
}
