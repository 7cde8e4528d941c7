// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// A person (circle) or a room (rounded square), by initials on a ground that belongs to the id.
Rectangle {
    id: root

    required property string initials
    required property int colour
    property bool person: true
    property int size: 40

    width: root.size
    height: root.size
    radius: root.person ? root.size / 2 : Math.min(Theme.radiusCard, root.size * 0.3)
    color: Theme.avatarGrounds[root.colour]

    Accessible.ignored: true

    Text {
        anchors.centerIn: parent
        text: root.initials
        textFormat: Text.PlainText
        color: Theme.inkOnAvatar
        font.family: Theme.family
        font.pixelSize: Math.round(root.size * 0.36)
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
}
