// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models
import Parvis.Theme

/// The edge between list and reading: dragged, or moved by the arrow keys; its place is remembered.
Item {
    id: root

    required property SettingsModel settings

    width: 6
    activeFocusOnTab: true

    Keys.onLeftPressed: root.settings.listWidth -= 16
    Keys.onRightPressed: root.settings.listWidth += 16

    Accessible.role: Accessible.Separator
    Accessible.name: qsTr("Width of the list, left and right arrows")
    Accessible.focusable: true
    Accessible.onIncreaseAction: root.settings.listWidth += 16
    Accessible.onDecreaseAction: root.settings.listWidth -= 16

    Rectangle {
        x: 2
        width: root.activeFocus || drag.active || hover.hovered ? 2 : 1
        height: parent.height
        color: root.activeFocus || drag.active ? Theme.colour.accent : hover.hovered ? Theme.colour.lineStrong : Theme.colour.line
    }

    HoverHandler {
        id: hover

        cursorShape: Qt.SplitHCursor
    }

    DragHandler {
        id: drag

        property int startWidth: 0

        target: null
        xAxis.enabled: true
        yAxis.enabled: false
        onActiveChanged: if (active)
            drag.startWidth = root.settings.listWidth
        onTranslationChanged: if (active)
            root.settings.listWidth = drag.startWidth + Math.round(drag.translation.x / Theme.columnGrowth)
    }
}
