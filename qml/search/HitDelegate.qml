// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// A message that was found: who said it, where, when, and the line with the words.
Rectangle {
    id: root

    required property int index
    required property string roomId
    required property string eventId
    required property string roomName
    required property string senderName
    required property string timeText
    required property string snippet
    required property string initials
    required property int colour
    required property string spoken
    property bool current: false

    signal chosen(string roomId, string eventId)

    function choose() {
        root.ListView.view.currentIndex = root.index
        root.chosen(root.roomId, root.eventId)
    }

    height: words.height + 2 * Theme.gap8
    radius: Theme.radiusControl
    color: root.current || pointer.hovered ? Theme.colour.hover : "transparent"

    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken
    Accessible.focusable: true
    Accessible.focused: root.current
    Accessible.onPressAction: root.choose()

    HoverHandler {
        id: pointer

        cursorShape: Qt.PointingHandCursor
    }

    TapHandler {
        onTapped: root.choose()
    }

    Avatar {
        id: picture

        x: Theme.gap8
        y: Theme.gap8
        size: 32
        initials: root.initials
        colour: root.colour
        person: true
    }

    Column {
        id: words

        x: picture.x + picture.width + 10
        y: Theme.gap8
        width: parent.width - x - Theme.gap8

        Item {
            width: parent.width
            height: sender.height

            StyledText {
                id: sender

                width: parent.width - time.width - Theme.gap8
                font.weight: Font.DemiBold
                text: root.senderName
                Accessible.ignored: true
            }

            StyledText {
                id: time

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                step: Theme.caption
                text: root.timeText
                color: Theme.colour.text3
                Accessible.ignored: true
            }
        }

        StyledText {
            width: parent.width
            visible: text !== ""
            step: Theme.caption
            text: root.roomName
            color: Theme.colour.text2
            Accessible.ignored: true
        }

        StyledText {
            // Markup of ours: the model escapes all but the marks around the words that were looked for.
            textFormat: Text.StyledText
            width: parent.width
            step: Theme.small
            text: root.snippet
            wrapMode: Text.Wrap
            elide: Text.ElideRight
            maximumLineCount: 3
            color: Theme.colour.text1
            Accessible.ignored: true
        }
    }

    FocusRing {
        shown: root.current
        distance: -1
    }
}
