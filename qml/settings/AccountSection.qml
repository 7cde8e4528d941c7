// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Who is signed in, and the way out.
SettingsSection {
    id: root

    required property SessionModel session

    signal logoutWanted()

    title: qsTr("Account")
    iconName: "user"

    Item {
        width: parent.width
        height: Math.max(picture.height, words.height) + Theme.gap16

        Avatar {
            id: picture

            x: Theme.gap8
            anchors.verticalCenter: parent.verticalCenter
            initials: root.session.initials
            colour: root.session.colour
        }

        Column {
            id: words

            x: picture.x + picture.width + Theme.gap12
            width: parent.width - x
            anchors.verticalCenter: parent.verticalCenter

            StyledText {
                width: parent.width
                font.weight: Font.Medium
                text: root.session.displayName
            }

            StyledText {
                width: parent.width
                step: Theme.small
                text: root.session.userId
                color: Theme.colour.text2
            }
        }
    }

    SecondaryButton {
        x: Theme.gap8
        iconName: "log-out"
        text: qsTr("Sign out…")
        onClicked: root.logoutWanted()
    }
}
