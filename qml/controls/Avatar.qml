// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// A person (circle) or a room (rounded square), by initials on a ground that belongs to the id. Grows with the text
/// beside it, as columns do.
Rectangle {
    id: root

    required property string initials
    required property int colour
    property bool person: true
    property int size: 40
    readonly property int side: Math.round(root.size * Theme.columnGrowth)

    width: root.side
    height: root.side
    radius: root.person ? root.side / 2 : Math.min(Theme.radiusCard, root.side * 0.3)
    color: Theme.avatarGrounds[root.colour]

    Accessible.ignored: true

    Text {
        anchors.centerIn: parent
        text: root.initials
        textFormat: Text.PlainText
        color: Theme.inkOnAvatar
        font.family: Theme.family
        font.pixelSize: Math.round(root.side * 0.36)
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
}
