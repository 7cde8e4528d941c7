// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick

/// A message that can be read.
MessageFrame {
    id: root

    required property string body
    required property string rich
    required property string line
    required property int tone
    required property bool editable

    signal linkWanted(string url)

    TextBlock {
        width: root.textWidth
        body: root.body
        rich: root.rich
        line: root.line
        tone: root.tone
        edited: root.edited
        senderName: root.own ? qsTr("You") : root.senderName
        onLinkActivated: url => root.linkWanted(url)
    }
}
