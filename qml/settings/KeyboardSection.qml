// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// The way to the list of keys.
SettingsSection {
    id: root

    signal shortcutsWanted()

    title: qsTr("Keyboard")
    iconName: "keyboard"

    StyledText {
        x: Theme.gap8
        width: parent.width - x
        wrapMode: Text.Wrap
        text: qsTr("Everything in this window can be done without a pointer.")
        color: Theme.colour.text2
    }

    Item {
        width: 1
        height: Theme.gap8
    }

    SecondaryButton {
        x: Theme.gap8
        width: Math.min(implicitWidth, parent.width - x)
        focus: true
        text: qsTr("Show the keyboard shortcuts")
        onClicked: root.shortcutsWanted()
    }
}
