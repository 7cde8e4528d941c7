// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// One line about the file that was last sent or saved here, for those who do not look at its message.
Item {
    id: root

    required property FileSaver saver

    visible: root.saver.newsText !== ""

    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.saver.newsText
    Accessible.ignored: !root.visible

    StyledText {
        width: parent.width
        step: Theme.caption
        text: root.saver.newsText
        color: root.saver.newsBad ? Theme.colour.danger : Theme.colour.text2
        Accessible.ignored: true
    }
}
