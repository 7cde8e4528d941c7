// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Which conversation this is, how safe, with whom; and the way to its details.
Item {
    id: root

    required property TimelineModel timeline
    required property bool narrow
    required property bool paneOpen
    required property bool searchOpen

    signal backWanted()
    signal paneWanted()
    signal searchWanted()

    height: Theme.header

    IconButton {
        id: back

        x: Theme.gap8
        anchors.verticalCenter: parent.verticalCenter
        visible: root.narrow
        iconName: "chevron-left"
        text: qsTr("Back to the conversations")
        onClicked: root.backWanted()
    }

    Avatar {
        id: picture

        x: root.narrow ? back.x + back.width + Theme.gap8 : Theme.gap20
        anchors.verticalCenter: parent.verticalCenter
        size: 36
        initials: root.timeline.initials
        colour: root.timeline.colour
        person: root.timeline.direct
    }

    Item {
        id: words

        anchors.left: picture.right
        anchors.leftMargin: Theme.gap12
        anchors.right: search.left
        anchors.rightMargin: Theme.gap12
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.ui.lineHeight + (root.timeline.subtitle === "" ? 0 : Theme.small.lineHeight)

        StyledText {
            id: title

            width: Math.min(implicitWidth, parent.width - tags.width - Theme.gap8)
            height: Theme.ui.lineHeight
            font.pixelSize: Theme.message.pixelSize
            font.weight: Font.DemiBold
            text: root.timeline.name
            Accessible.role: Accessible.Heading
        }

        HeaderTags {
            id: tags

            x: title.width + Theme.gap8
            y: Math.round((Theme.ui.lineHeight - height) / 2)
            timeline: root.timeline
        }

        Symbol {
            id: shield

            y: Theme.ui.lineHeight + Math.round((Theme.small.lineHeight - height) / 2)
            visible: root.timeline.person !== TimelineModel.NoPerson
            name: ["shield-check", "shield-check", "shield-question-mark", "shield-alert"][root.timeline.person]
            colour: [Theme.colour.text2, Theme.colour.success, Theme.colour.text2, Theme.colour.danger][root.timeline.person]
            size: 14
        }

        StyledText {
            x: shield.visible ? shield.width + 4 : 0
            y: Theme.ui.lineHeight
            width: parent.width - x
            step: Theme.small
            text: root.timeline.subtitle
            color: Theme.colour.text2
            maximumLineCount: 1
            Accessible.ignored: text === ""
        }
    }

    IconButton {
        id: search

        anchors.right: info.left
        anchors.rightMargin: Theme.gap4
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.timeline.invited
        on: root.searchOpen
        iconName: "search"
        text: root.searchOpen ? qsTr("Hide the search") : qsTr("Search in this conversation")
        shortcutText: qsTr("Ctrl+F")
        onClicked: root.searchWanted()
    }

    IconButton {
        id: info

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap12
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.timeline.invited
        on: root.paneOpen
        iconName: "info"
        text: root.paneOpen ? qsTr("Hide the details") : qsTr("Members and details")
        onClicked: root.paneWanted()
    }

    Rectangle {
        width: parent.width
        height: 1
        y: parent.height - 1
        color: Theme.colour.line
    }
}
