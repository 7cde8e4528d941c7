// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Signing out wipes the account from this computer: what that loses is named before it is asked.
ModalDialog {
    id: root

    required property SessionModel session

    title: qsTr("Sign out of this device?")
    onAboutToShow: root.session.previewLogout()

    StyledText {
        width: parent.width
        text: qsTr("Your account and its messages are removed from this computer; they stay on the server.")
        color: Theme.colour.text2
        wrapMode: Text.Wrap
    }

    Spinner {
        visible: !root.session.previewed
    }

    StyledText {
        width: parent.width
        visible: root.session.losses.length > 0
        font.weight: Font.Medium
        text: qsTr("This would be lost:")
        wrapMode: Text.Wrap
    }

    Repeater {
        model: root.session.losses

        FieldError {
            required property string modelData

            width: parent ? parent.width : 0
            text: modelData
        }
    }

    footer: [
        DangerButton {
            text: qsTr("Sign out")
            enabled: root.session.previewed
            busy: root.session.leaving
            onClicked: if (root.session.previewed)
                root.session.logout()
        },
        SecondaryButton {
            text: qsTr("Stay signed in")
            focus: true
            onClicked: root.close()
        }
    ]
}
