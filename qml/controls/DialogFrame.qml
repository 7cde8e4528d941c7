// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Window
import Parvis.Theme

/// Title, body that scrolls where the window is low, buttons.
FocusScope {
    id: root

    required property string title
    property alias body: column.data
    property alias footer: buttons.data
    // The rings of the fields reach over their edges; the bar lies beside them.
    readonly property int overhang: 6
    readonly property int gutter: 14
    readonly property int headingSpace: heading.height + Theme.gap8
    /// So little room that hardly anything of the body could be seen between title and buttons: all of it scrolls.
    readonly property bool tight: root.height - root.headingSpace - Theme.gap24 - buttons.height < Math.min(column.implicitHeight, 4 * Theme.control)

    /// From its beginning: a question is read before its buttons, though one of these has the keyboard.
    function begin() {
        const holder = root.Window.activeFocusItem
        if (holder === null || holder.parent !== buttons)
            return
        scroll.unfollowed = holder
        scroll.contentY = 0
    }

    /// What has just been said in the body: it is not left below the edge.
    function reveal(item: Item) {
        scroll.reveal(item)
    }

    implicitHeight: root.headingSpace + column.implicitHeight + Theme.gap24 + buttons.height
    focus: true

    Keys.onPressed: event => {
        // Who goes on is at the buttons, also where there is a single one.
        if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab)
            scroll.followAll()
        scroll.turnPage(event)
    }

    Accessible.role: Accessible.Dialog
    Accessible.name: root.title

    StyledText {
        id: heading

        parent: root.tight ? scroll.contentItem : root
        x: root.tight ? root.overhang : 0
        y: root.tight ? root.overhang : 0
        width: root.width
        step: Theme.dialog
        text: root.title
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
    }

    FocusScroll {
        id: scroll

        x: -root.overhang
        y: (root.tight ? 0 : root.headingSpace) - root.overhang
        width: root.width + 2 * root.overhang + root.gutter
        height: (root.tight ? root.height : root.height - buttons.height - Theme.gap24) - y + root.overhang
        contentHeight: root.overhang + (root.tight ? buttons.y + buttons.height : column.y + column.implicitHeight)

        Column {
            id: column

            x: root.overhang
            y: root.overhang + (root.tight ? root.headingSpace : 0)
            width: root.width
            spacing: Theme.gap16
        }
    }

    Flow {
        id: buttons

        parent: root.tight ? scroll.contentItem : root
        x: root.tight ? root.overhang : 0
        y: root.tight ? column.y + column.implicitHeight + Theme.gap24 : root.height - height
        width: root.width
        layoutDirection: Qt.RightToLeft
        spacing: 10
    }
}
