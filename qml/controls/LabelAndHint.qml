// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// A line of interface text with a quieter sentence under it. The control around it has the name.
Item {
    id: root

    required property string label
    property string hint: ""
    property int rightPadding: 0

    implicitWidth: Math.max(words.implicitWidth, quiet.visible ? quiet.implicitWidth : 0) + root.rightPadding
    implicitHeight: column.implicitHeight

    Column {
        id: column

        width: parent.width - root.rightPadding
        anchors.verticalCenter: parent.verticalCenter

        StyledText {
            id: words

            width: parent.width
            text: root.label
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        StyledText {
            id: quiet

            width: parent.width
            visible: root.hint !== ""
            step: Theme.small
            color: Theme.colour.text2
            text: root.hint
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
}
