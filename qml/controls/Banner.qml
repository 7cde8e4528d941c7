// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// One sentence about the state of things, across the top, with at most one thing to do.
Rectangle {
    id: root

    enum Meaning { Information, Caution, Danger }

    required property string text
    property int meaning: Banner.Meaning.Information
    property string iconName: "info"
    property string actionText: ""
    property bool busy: false
    readonly property color ink: root.meaning === Banner.Meaning.Danger ? Theme.colour.danger : root.meaning === Banner.Meaning.Caution ? Theme.colour.warning : Theme.colour.info

    signal acted()

    implicitHeight: Math.max(words.implicitHeight + 16, action.visible ? action.height + 12 : 0)
    color: root.meaning === Banner.Meaning.Danger ? Theme.colour.dangerGround : root.meaning === Banner.Meaning.Caution ? Theme.colour.warningGround : Theme.colour.infoGround

    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    Symbol {
        x: Theme.gap20
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.busy
        name: root.iconName
        size: 18
        colour: root.ink
    }

    Spinner {
        x: Theme.gap20
        anchors.verticalCenter: parent.verticalCenter
        visible: root.busy
        size: 18
        colour: root.ink
    }

    StyledText {
        id: words

        x: 50
        width: parent.width - x - Theme.gap20 - (action.visible ? action.width + Theme.gap12 : 0)
        anchors.verticalCenter: parent.verticalCenter
        step: Theme.small
        text: root.text
        wrapMode: Text.Wrap
        maximumLineCount: 4
        Accessible.ignored: true
    }

    SecondaryButton {
        id: action

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap20
        anchors.verticalCenter: parent.verticalCenter
        visible: root.actionText !== ""
        size: Theme.controlSmall
        text: root.actionText
        onClicked: root.acted()
    }
}
