// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// A message of the person's that did not leave: the reason, and the two ways on.
MessageDelegate {
    id: root

    required property string errorText

    signal retryWanted(string txnId)
    signal cancelWanted(string txnId)

    FieldError {
        width: root.textWidth
        text: root.errorText
    }

    Row {
        spacing: Theme.gap8
        bottomPadding: 4

        SecondaryButton {
            size: Theme.controlSmall
            iconName: "rotate-cw"
            text: qsTr("Send again")
            Accessible.name: qsTr("Send again: %1").arg(root.body)
            onClicked: root.retryWanted(root.txnId)
        }

        SecondaryButton {
            size: Theme.controlSmall
            iconName: "trash-2"
            text: qsTr("Cancel")
            Accessible.name: qsTr("Do not send: %1").arg(root.body)
            onClicked: root.cancelWanted(root.txnId)
        }
    }
}
