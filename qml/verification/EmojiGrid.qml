// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The seven pictures with their names, in their order; on two lines where the text is large.
Flow {
    id: root

    required property VerificationModel verification
    readonly property int columns: Theme.growth > 1.1 || root.width < 420 ? 4 : 7

    spacing: 0

    Accessible.role: Accessible.List
    Accessible.name: qsTr("The pictures to compare, in their order")

    Repeater {
        model: root.verification.emojiSymbols

        Item {
            id: cell

            required property int index
            required property string modelData
            readonly property string name: root.verification.emojiNames[cell.index]

            width: Math.floor(root.width / root.columns)
            height: picture.height + words.height + Theme.gap12

            Accessible.role: Accessible.ListItem
            //: 1: place in the row, 2: name of a picture
            Accessible.name: qsTr("%1: %2").arg(cell.index + 1).arg(cell.name)

            Text {
                id: picture

                width: parent.width
                height: Math.round(48 * Theme.columnGrowth)
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                text: cell.modelData
                textFormat: Text.PlainText
                font.family: "Noto Color Emoji"
                font.pixelSize: Math.round(36 * Theme.columnGrowth)
                Accessible.ignored: true
            }

            StyledText {
                id: words

                y: picture.height + 2
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                step: Theme.caption
                text: cell.name
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
    }
}
