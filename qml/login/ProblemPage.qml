// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// A stored account does not open: what happened, that nothing was lost, and the choices.
FocusScope {
    id: root

    required property SessionModel session

    FocusScroll {
        anchors.fill: parent
        contentHeight: Math.max(height, column.height + 2 * Theme.gap32)

        Column {
            id: column

            x: Math.round((parent.width - width) / 2)
            y: Math.max(Theme.gap32, Math.round((parent.height - height) / 2))
            width: Math.min(parent.width - 2 * Theme.gap24, Math.round(440 * Theme.growth))
            spacing: Theme.gap20

            Rectangle {
                width: 56
                height: 56
                radius: 28
                color: Theme.colour.warningGround
                Accessible.ignored: true

                Symbol {
                    anchors.centerIn: parent
                    name: "key-round"
                    size: 24
                    colour: Theme.colour.warning
                }
            }

            StepTitle {
                width: parent.width
                title: root.session.problemTitle
                text: root.session.problemText
            }

            StyledText {
                width: parent.width
                text: qsTr("Account: %1").arg(root.session.problemAccount)
                color: Theme.colour.text2
                wrapMode: Text.Wrap
            }

            ProblemSecret {
                width: parent.width
                visible: root.session.asksPassphrase || root.session.asksPassword
                focus: visible
                session: root.session
            }

            FieldError {
                width: parent.width
                text: secretShown ? "" : root.session.errorText

                readonly property bool secretShown: root.session.asksPassphrase || root.session.asksPassword
            }

            PrimaryButton {
                width: parent.width
                visible: !root.session.asksPassphrase && !root.session.asksPassword
                focus: visible
                size: Theme.controlLarge
                text: qsTr("Try again")
                busy: root.session.busy
                onClicked: root.session.retry()
            }

            LinkButton {
                visible: root.session.offersStartOver
                text: qsTr("Start over without these messages…")
                enabled: !root.session.busy
                onClicked: startOver.open()
            }
        }
    }

    StartOverDialog {
        id: startOver

        onAgreed: root.session.startOver()
    }
}
