// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Theme

/// Where one stands in something long; for the pointer, the keys move the view itself.
ScrollBar {
    id: root

    /// In sight as long as there is more than the view shows.
    property bool lasting: false

    policy: ScrollBar.AsNeeded
    // A handle that can be seen and held, however long the list.
    minimumSize: Math.min(1, Math.max(0.05, 28 / Math.max(1, root.availableHeight)))
    focusPolicy: Qt.NoFocus
    padding: 3

    Accessible.ignored: true

    contentItem: Rectangle {
        implicitWidth: 6
        radius: 3
        color: Theme.colour.lineStrong
        opacity: root.pressed ? 1 : root.hovered || root.active || root.lasting ? 0.7 : 0
        visible: root.size < 1

        Behavior on opacity {
            NumberAnimation { duration: Theme.motion }
        }
    }
}
