// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick

/// A message that cannot be read (yet): why, in one plain sentence, and what helps. It becomes readable by itself.
MessageFrame {
    id: root

    required property string line
    required property string remedyText
    required property bool offersRemedy

    signal helpWanted(string key)

    Item {
        width: root.textWidth
        height: box.height + 4

        UnreadableBox {
            id: box

            y: 2
            most: root.textWidth
            line: root.line
            remedyText: root.offersRemedy ? root.remedyText : ""
            //: A button beside a message that cannot be read. 1: what it does, 2: a name, 3: a day and a time
            remedyName: qsTr("%1: message of %2, %3").arg(root.remedyText).arg(root.own ? qsTr("You") : root.senderName).arg(root.fullTime)
            onHelpWanted: root.helpWanted(root.key)
        }
    }
}
