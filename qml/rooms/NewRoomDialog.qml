// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// A new conversation: with one person, or a room with a name. Encrypted unless it is public.
ModalDialog {
    id: root

    required property NewRoomModel model
    readonly property int kind: direct.checked ? NewRoomModel.Direct : open.checked ? NewRoomModel.Public : NewRoomModel.Private

    function submit() {
        if (person.text !== "" && !root.addPerson())
            return
        root.model.create(root.kind, roomName.text)
    }

    function addPerson(): bool {
        const known = root.model.add(person.text)
        if (known)
            person.clear()
        return known
    }

    title: qsTr("New conversation")
    onAboutToShow: {
        root.model.reset()
        roomName.clear()
        person.clear()
        direct.checked = true
        open.checked = false
    }
    onOpened: person.forceActiveFocus()
    // What is made after this opens nothing: the person has gone on.
    onClosed: root.model.reset()

    Flow {
        width: parent.width
        spacing: 6

        FilterPill {
            id: direct

            text: qsTr("With one person")
        }

        FilterPill {
            text: qsTr("Room")
        }
    }

    TextEntry {
        id: roomName

        width: parent.width
        visible: !direct.checked
        label: qsTr("Name of the room")
        maximumLength: 255
        onAccepted: person.forceActiveFocus()
    }

    PeopleChips {
        width: parent.width
        visible: root.model.people.length > 0
        model: root.model
    }

    TextEntry {
        id: person

        width: parent.width
        visible: !direct.checked || root.model.people.length === 0
        focus: true
        label: direct.checked ? qsTr("Address of the person") : qsTr("Invite people, one address at a time")
        //: An example of an address; keep its form
        placeholder: qsTr("@first.last:administration.example")
        errorText: root.model.errorText
        onAccepted: direct.checked ? root.submit() : root.addPerson()
    }

    FieldError {
        id: problem

        width: parent.width
        text: person.visible ? "" : root.model.errorText
        onVisibleChanged: if (visible)
            root.frame.reveal(problem)
    }

    Toggle {
        id: open

        width: parent.width
        visible: !direct.checked
        text: qsTr("Public room")
        hint: qsTr("Everybody on your server can find it and read it. Its messages are not encrypted.")
    }

    Tag {
        text: root.kind === NewRoomModel.Public ? qsTr("Not encrypted, open to everybody") : qsTr("End-to-end encrypted")
        meaning: root.kind === NewRoomModel.Public ? Tag.Meaning.Caution : Tag.Meaning.Success
        iconName: root.kind === NewRoomModel.Public ? "globe" : "lock"
    }

    footer: [
        PrimaryButton {
            text: direct.checked ? qsTr("Begin") : qsTr("Create the room")
            busy: root.model.busy
            onClicked: root.submit()
        },
        SecondaryButton {
            text: qsTr("Cancel")
            onClicked: root.close()
        }
    ]

    Connections {
        target: root.model

        function onCreated() {
            root.close()
        }
    }
}
