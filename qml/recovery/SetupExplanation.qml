// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// Why a recovery key, in one screen.
Column {
    id: root

    spacing: Theme.gap12

    StyledText {
        width: parent.width
        text: qsTr("Your messages can be opened on your devices alone. If you lose them all, or use a new one, a recovery key brings your messages back.")
        wrapMode: Text.Wrap
    }

    StateLine {
        width: parent.width
        level: StateLine.Level.Good
        text: qsTr("Parvis makes the key and backs up your message keys from then on, encrypted.")
    }

    StateLine {
        width: parent.width
        level: StateLine.Level.Good
        text: qsTr("Nobody else has it: neither your administration nor the server.")
    }

    StateLine {
        width: parent.width
        level: StateLine.Level.Caution
        text: qsTr("It is shown once. Keep it in a password safe, or on paper in a safe place.")
    }
}
