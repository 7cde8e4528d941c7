// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls

/// The keys of the window, for those who would rather not use the pointer.
ModalDialog {
    id: root

    title: qsTr("Keyboard shortcuts")

    ShortcutGroup {
        width: parent.width
        title: qsTr("Everywhere")

        ShortcutRow {
            width: parent.width
            keys: ["F1", qsTr("Ctrl+/")]
            text: qsTr("This list")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Ctrl+K")]
            text: qsTr("Go to a conversation by its name")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Ctrl+F")]
            text: qsTr("Search in this conversation")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Ctrl+Shift+F")]
            text: qsTr("Search in all conversations")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Ctrl+N")]
            text: qsTr("New conversation")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Ctrl+,")]
            text: qsTr("Settings")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Alt+↑")]
            text: qsTr("Previous conversation")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Alt+↓")]
            text: qsTr("Next conversation")
        }

        ShortcutRow {
            width: parent.width
            keys: ["F6", qsTr("Shift+F6")]
            text: qsTr("To the next or previous part of the window")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Esc")]
            text: qsTr("Close, or go back")
        }
    }

    ShortcutGroup {
        width: parent.width
        title: qsTr("Writing")

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Enter")]
            text: qsTr("Send")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Shift+Enter")]
            text: qsTr("New line")
        }

        ShortcutRow {
            width: parent.width
            keys: ["↑"]
            text: qsTr("Correct the last message, where nothing is written")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Shift+Tab")]
            text: qsTr("To the messages")
        }
    }

    ShortcutGroup {
        width: parent.width
        title: qsTr("Messages")

        ShortcutRow {
            width: parent.width
            keys: ["↑", "↓"]
            text: qsTr("From message to message")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Enter"), qsTr("Menu"), qsTr("Shift+F10")]
            text: qsTr("What can be done with a message")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Home"), qsTr("End")]
            text: qsTr("To the oldest that is shown, or to the newest")
        }

        ShortcutRow {
            width: parent.width
            keys: [qsTr("Page↑"), qsTr("Page↓")]
            text: qsTr("Ten messages on")
        }
    }

    footer: [
        SecondaryButton {
            text: qsTr("Close")
            focus: true
            onClicked: root.close()
        }
    ]
}
