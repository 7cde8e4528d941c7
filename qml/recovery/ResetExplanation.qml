// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// What giving up everything means; typed, because it cannot be taken back.
FocusScope {
    id: root

    //: What has to be typed to agree; one word in capitals
    readonly property string word: qsTr("RESET")
    readonly property bool agreed: typed.text.trim() === root.word

    function clear() {
        typed.clear()
    }

    implicitHeight: column.implicitHeight

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap12

        StyledText {
            width: parent.width
            text: qsTr("Do this only if you have lost both your recovery key and your other devices. This cannot be taken back:")
            wrapMode: Text.Wrap
        }

        StateLine {
            width: parent.width
            level: StateLine.Level.Danger
            text: qsTr("Earlier messages whose keys are not on this device can never be read again.")
        }

        StateLine {
            width: parent.width
            level: StateLine.Level.Caution
            text: qsTr("Your other devices are no longer verified.")
        }

        StateLine {
            width: parent.width
            level: StateLine.Level.Caution
            text: qsTr("People who had verified you are warned, and have to do it again.")
        }

        StateLine {
            width: parent.width
            level: StateLine.Level.Caution
            text: qsTr("You have to verify again those whom you had verified, or go on without, before you can write to them.")
        }

        StateLine {
            width: parent.width
            level: StateLine.Level.Caution
            text: qsTr("Your old recovery key opens nothing any more; you get a new one.")
        }

        TextEntry {
            id: typed

            width: parent.width
            focus: true
            label: qsTr("Type %1 to go on").arg(root.word)
        }
    }
}
