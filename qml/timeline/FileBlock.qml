// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The file of a message: what it is, how large, how far, and the one button that goes on or stops. Nothing here opens it.
Rectangle {
    id: root

    required property string name
    /// What the button is called for; no other file of the conversation has the same.
    required property string label
    required property string details
    required property string iconName
    required property int step
    /// Of the way; negative: it is not on it.
    required property int percent
    readonly property bool underway: root.step === TimelineModel.FileLeaving || root.step === TimelineModel.FileComing

    signal saveWanted()
    signal stopWanted()

    height: Math.max(words.height, button.visible ? button.height : 0) + 2 * Theme.gap8
    radius: Theme.radiusControl
    color: Theme.colour.sunken
    border.width: 1
    border.color: Theme.colour.line

    Symbol {
        id: kind

        x: Theme.gap12
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        size: 24
        colour: Theme.colour.text2
    }

    Column {
        id: words

        x: kind.x + kind.width + Theme.gap12
        anchors.verticalCenter: parent.verticalCenter
        width: (button.visible ? button.x : parent.width) - x - Theme.gap8

        StyledText {
            width: parent.width
            font.weight: Font.Medium
            text: root.name
            elide: Text.ElideMiddle
            Accessible.ignored: true
        }

        StyledText {
            width: parent.width
            step: Theme.small
            text: root.details
            color: Theme.colour.text2
            Accessible.ignored: true
        }
    }

    Rectangle {
        x: Theme.radiusControl
        anchors.bottom: parent.bottom
        width: (parent.width - 2 * x) * root.percent / 100
        height: 3
        visible: root.underway && root.percent > 0
        color: Theme.colour.accent
    }

    IconButton {
        id: button

        anchors.right: parent.right
        anchors.rightMargin: 6
        anchors.verticalCenter: parent.verticalCenter
        visible: root.step !== TimelineModel.FileFailed
        iconName: root.underway ? "x" : "download"
        text: root.step === TimelineModel.FileLeaving ? qsTr("Do not send") : root.underway ? qsTr("Stop") : qsTr("Save as…")
        Accessible.name: root.step === TimelineModel.FileLeaving ? qsTr("Do not send: %1").arg(root.label) : root.underway ? qsTr("Stop: %1").arg(root.label) : qsTr("Save as: %1").arg(root.label)
        onClicked: root.underway ? root.stopWanted() : root.saveWanted()
    }
}
