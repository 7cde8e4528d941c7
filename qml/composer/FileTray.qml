// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// What is joined to what is written: nothing goes before the person sends. Where they are many, it scrolls.
Item {
    id: root

    required property FileTrayModel files
    property int mostHeight: 160

    signal emptied()

    implicitHeight: visible ? scroll.height + scroll.y : 0
    visible: root.files.count > 0

    FocusScroll {
        id: scroll

        x: Theme.gap8
        y: Theme.gap8
        width: parent.width - 2 * x
        height: Math.min(root.mostHeight, column.height)
        contentHeight: column.height
        activeFocusOnTab: false

        Accessible.role: Accessible.List
        Accessible.name: qsTr("Files that are joined")

        Column {
            id: column

            width: scroll.width - (scroll.overflows ? Theme.gap12 : 0)
            spacing: 4

            FieldError {
                width: column.width
                text: root.files.noticeText
            }

            Repeater {
                model: root.files

                JoinedFile {
                    width: column.width
                    onRemoved: fileId => {
                        root.files.remove(fileId)
                        root.emptied()
                    }
                }
            }
        }
    }
}
