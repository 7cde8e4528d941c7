// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// Many messages in a row that cannot be read (yet): how many, why, whose, and what helps. Each comes out once it can
/// be read. A button, or Enter, does what helps.
TimelineLine {
    id: root

    required property string line
    required property string from
    required property string remedyText
    required property bool offersRemedy
    readonly property int textWidth: Math.min(Theme.readingWidth, root.width - 2 * Theme.gap20 - 36 - Theme.gap12)

    signal helpWanted(string key)

    Keys.onReturnPressed: root.helpWanted(root.key)
    Keys.onEnterPressed: root.helpWanted(root.key)

    Accessible.description: root.remedyText
    Accessible.onPressAction: root.helpWanted(root.key)

    Item {
        width: root.width
        height: box.height + 2 * Theme.gap8

        UnreadableBox {
            id: box

            x: Theme.timelineIndent
            y: Theme.gap8
            most: root.textWidth
            line: root.line
            from: root.from
            remedyText: root.offersRemedy ? root.remedyText : ""
            //: A button beside messages that cannot be read. 1: what it does, 2: what is said of the messages
            remedyName: qsTr("%1: %2").arg(root.remedyText).arg(root.spoken)
            onHelpWanted: root.helpWanted(root.key)
        }

        FocusRing {
            shown: root.current
            distance: -2
            around: 4
        }
    }
}
