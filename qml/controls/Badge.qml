// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// A count: in accent what is unread, in red and with @ what is for the person, quietly what can wait.
Rectangle {
    id: root

    enum Weight { Normal, Mention, Soft }

    required property int count
    property int weight: Badge.Weight.Normal

    visible: root.count > 0
    implicitWidth: Math.max(words.implicitWidth + 10, implicitHeight)
    implicitHeight: Theme.badge.lineHeight
    radius: height / 2
    color: root.weight === Badge.Weight.Mention ? Theme.colour.danger : root.weight === Badge.Weight.Soft ? Theme.colour.line : Theme.colour.accent

    Accessible.ignored: true

    StyledText {
        id: words

        anchors.centerIn: parent
        step: Theme.badge
        text: root.weight === Badge.Weight.Mention ? "@" + shownCount : shownCount
        color: root.weight === Badge.Weight.Mention ? Theme.colour.inkOnDanger : root.weight === Badge.Weight.Soft ? Theme.colour.text2 : Theme.colour.inkOnAccent
        Accessible.ignored: true

        //: More messages than a small sign can say
        readonly property string shownCount: root.count > 99 ? qsTr("99+") : root.count.toString()
    }
}
