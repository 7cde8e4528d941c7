// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// The page's title and the way back.
Item {
    id: root

    signal closeWanted()

    height: Theme.header

    StyledText {
        x: Theme.gap20
        width: parent.width - x - close.width - Theme.gap20
        anchors.verticalCenter: parent.verticalCenter
        step: Theme.section
        text: qsTr("Settings")
        Accessible.role: Accessible.Heading
    }

    IconButton {
        id: close

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap12
        anchors.verticalCenter: parent.verticalCenter
        iconName: "x"
        text: qsTr("Close the settings")
        shortcutText: qsTr("Esc")
        onClicked: root.closeWanted()
    }

    Rectangle {
        y: parent.height - 1
        width: parent.width
        height: 1
        color: Theme.colour.line
    }
}
