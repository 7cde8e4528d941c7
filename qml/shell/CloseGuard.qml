// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The window closes once the disk has what was typed; where the disk refuses it, the person is asked.
Item {
    id: root

    required property ComposerModel composer
    /// The window waits for the disk.
    property bool waiting: false
    property bool agreed: false

    signal closeWanted()

    /// False: closeWanted() follows, or the person stays.
    function mayClose(): bool {
        root.composer.keep()
        if (root.agreed || root.composer.keeping === ComposerModel.Kept)
            return true
        root.waiting = true
        root.goOn()
        return false
    }

    function goOn() {
        if (!root.waiting || root.composer.keeping === ComposerModel.Underway)
            return
        root.waiting = false
        if (root.composer.keeping === ComposerModel.Kept)
            root.closeWanted()
        else
            question.open()
    }

    Connections {
        target: root.composer

        function onKeepingChanged() {
            root.goOn()
        }
    }

    ModalDialog {
        id: question

        title: qsTr("What you have written cannot be kept")

        StyledText {
            width: parent.width
            text: qsTr("This computer’s disk does not take it. It stays here while Parvis is open. Free some space, or copy it to another place; if you close now, it is lost.")
            color: Theme.colour.text2
            wrapMode: Text.Wrap
        }

        footer: [
            DangerButton {
                text: qsTr("Close all the same")
                onClicked: {
                    question.close()
                    root.agreed = true
                    root.closeWanted()
                }
            },
            SecondaryButton {
                text: qsTr("Stay")
                focus: true
                onClicked: question.close()
            }
        ]
    }
}
