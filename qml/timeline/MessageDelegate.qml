// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls

/// A message that can be read.
MessageFrame {
    id: root

    required property string body
    required property string rich
    required property string line
    required property int tone
    required property bool editable

    signal linkWanted(string url)
    signal detailsWanted(MessageFrame line)

    TextBlock {
        id: words

        width: root.textWidth
        body: root.body
        rich: root.rich
        line: root.line
        tone: root.tone
        edited: root.edited
        senderName: root.own ? qsTr("You") : root.senderName
        onLinkActivated: url => root.linkWanted(url)
    }

    Repeater {
        model: words.truncated ? 1 : 0

        LinkButton {
            text: qsTr("Show all of it")
            //: 1: a name, 2: a time
            Accessible.name: qsTr("Show all of the message of %1, %2").arg(root.senderName).arg(root.timeText)
            onClicked: root.detailsWanted(root)
        }
    }
}
