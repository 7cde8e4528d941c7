// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Theme

/// What a key does. Keys of one line do the same.
Item {
    id: root

    required property list<string> keys
    required property string text
    /// As a screen reader says them.
    readonly property string spokenKeys: {
        let all = ""
        for (const key of root.keys)
            all = all === "" ? key : qsTr("%1 or %2").arg(all).arg(key)
        return all
    }

    implicitHeight: Math.max(words.height, caps.height) + 2 * Theme.gap4

    Accessible.role: Accessible.StaticText
    //: 1: what is done, 2: the keys that do it
    Accessible.name: qsTr("%1: %2").arg(root.text).arg(root.spokenKeys)

    StyledText {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - caps.width - Theme.gap12
        text: root.text
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    Row {
        id: caps

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap4

        Repeater {
            model: root.keys

            KeyCap {
                required property string modelData

                text: modelData
            }
        }
    }
}
