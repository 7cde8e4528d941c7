// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// Two pixels of accent, two pixels away from what has the keyboard.
Rectangle {
    id: root

    property bool shown: false
    property int around: Theme.radiusControl
    property int distance: 4

    anchors.fill: parent
    anchors.margins: -root.distance
    visible: root.shown
    color: "transparent"
    radius: root.around + root.distance
    border.width: 2
    border.color: Theme.colour.accent

    Accessible.ignored: true
}
