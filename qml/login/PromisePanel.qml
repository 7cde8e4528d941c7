// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// What Parvis is for, in two sentences, on the accent. The drawing is a paved court seen from its entrance.
Rectangle {
    id: root

    color: Theme.colour.promise
    clip: true

    Paving {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 0
        width: parent.width
        height: parent.height - words.height - Theme.gap56 - Theme.gap32
        ink: Theme.colour.inkOnPromise
    }

    Column {
        id: words

        x: Theme.gap56
        width: Math.min(parent.width - 2 * Theme.gap56, 440)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap56
        spacing: Theme.gap12

        StyledText {
            width: parent.width
            step: Theme.display
            text: qsTr("The place where people speak in confidence.")
            color: Theme.colour.inkOnPromise
            wrapMode: Text.Wrap
        }

        StyledText {
            width: Math.min(parent.width, 400)
            text: qsTr("Messages that are encrypted from end to end, on the servers of your administration, readable by you alone.")
            color: Theme.colour.inkOnPromise
            wrapMode: Text.Wrap
        }
    }
}
