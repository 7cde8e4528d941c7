// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Somebody invites the person: who, to what, and the two answers. Nothing is joined before.
FocusScroll {
    id: root

    required property TimelineModel timeline
    property bool busy: false
    property string errorText: ""

    signal accepted()
    signal declined()

    // What is asked comes before the answers, for the keyboard too.
    activeFocusOnTab: true

    Accessible.role: Accessible.Pane
    Accessible.name: heading.text

    contentHeight: column.height + 2 * Theme.gap16

    Column {
        id: column

        x: Math.round((root.width - width) / 2)
        y: Math.max(Theme.gap16, Math.round((root.height - height) / 2))
        width: Math.min(root.width - 2 * Theme.gap24, Math.round(400 * Theme.growth))
        spacing: Theme.gap12

        Avatar {
            anchors.horizontalCenter: parent.horizontalCenter
            size: 72
            initials: root.timeline.initials
            colour: root.timeline.colour
            person: root.timeline.direct
        }

        StyledText {
            id: heading

            width: parent.width
            step: Theme.dialog
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: root.timeline.direct ? qsTr("%1 wants to write to you").arg(root.timeline.inviterName) : qsTr("%1 invites you").arg(root.timeline.inviterName)
            Accessible.role: Accessible.Heading

            FocusRing {
                shown: root.activeFocus
            }
        }

        StyledText {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: root.timeline.direct ? qsTr("If you accept, you can both write here.") : qsTr("The conversation is called “%1”. Its members will see that you have joined.").arg(root.timeline.name)
            color: Theme.colour.text2
        }

        FieldError {
            width: parent.width
            text: root.errorText
        }

        Flow {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, decline.implicitWidth + accept.implicitWidth + spacing)
            spacing: 10

            SecondaryButton {
                id: decline

                text: qsTr("Decline")
                enabled: !root.busy
                onClicked: root.declined()
            }

            PrimaryButton {
                id: accept

                text: qsTr("Accept")
                busy: root.busy
                onClicked: root.accepted()
            }
        }
    }
}
