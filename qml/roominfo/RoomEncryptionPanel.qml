// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models
import Parvis.Theme

/// Beside the conversation: how it is encrypted, and who can read what is written in it. Escape goes back.
FocusScope {
    id: root

    required property SecurityModel security
    required property string roomName

    signal backWanted()
    signal closeWanted()
    signal personChosen(string userId, string name)

    onVisibleChanged: root.security.readers.shown = root.visible
    Component.onCompleted: root.security.readers.shown = root.visible
    Keys.onEscapePressed: root.backWanted()

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Encryption of %1").arg(root.roomName)

    Rectangle {
        anchors.fill: parent
        color: Theme.colour.base
    }

    Rectangle {
        width: 1
        height: parent.height
        color: Theme.colour.line
    }

    ReaderList {
        id: list

        anchors.fill: parent
        anchors.leftMargin: 18
        anchors.rightMargin: 10
        readers: root.security.readers
        onPersonChosen: (userId, name) => root.personChosen(userId, name)
        focus: true
        topMargin: encryptionTop.height
        bottomMargin: Theme.gap16

        // Not a header: Qt 6.4 cannot make a bound component for it.
        EncryptionTop {
            id: encryptionTop

            property real heightBefore: 0

            // It grows when the readers are known: whoever had not scrolled still sees its beginning.
            onHeightChanged: {
                if (list.contentY <= list.originY - heightBefore + 1)
                    list.contentY = list.originY - height
                heightBefore = height
            }

            parent: list.contentItem
            y: list.originY - height
            width: list.width - 8
            readers: root.security.readers
            encryption: root.security.encryption
            onBackWanted: root.backWanted()
            onCloseWanted: root.closeWanted()
        }
    }
}
