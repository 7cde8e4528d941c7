// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// Before one writes: who will not be able to read it, in one sentence.
Banner {
    id: root

    required property RoomReadersModel readers

    signal readersWanted()

    height: visible ? implicitHeight : 0
    visible: root.text !== ""
    meaning: root.readers.barWarns ? Banner.Meaning.Caution : Banner.Meaning.Information
    iconName: root.readers.barWarns ? "triangle-alert" : "info"
    text: root.readers.barText
    actionText: qsTr("Who can read?")
    secondText: root.readers.barWarns ? "" : qsTr("Hide")
    onActed: root.readersWanted()
    onSeconded: root.readers.putOff()
}
