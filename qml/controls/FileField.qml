// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Theme

/// The place of a file: typed, or chosen in the system's dialog.
FocusScope {
    id: root

    required property string label
    property alias text: field.text
    property string hint: ""
    property string errorText: ""
    /// It is written, not read.
    property bool saves: false
    property string filter: ""
    /// The dialog is made when it is first asked for: its library is large.
    property bool asked: false

    signal accepted()

    /// As a person would type it.
    function localPath(address: string): string {
        return address.startsWith("file://") ? decodeURIComponent(address.substring(7)) : address
    }

    implicitHeight: field.implicitHeight + Theme.gap8 + choose.height

    TextEntry {
        id: field

        width: parent.width
        focus: true
        label: root.label
        hint: root.hint
        errorText: root.errorText
        onAccepted: root.accepted()
    }

    SecondaryButton {
        id: choose

        y: field.implicitHeight + Theme.gap8
        width: Math.min(implicitWidth, parent.width)
        size: Theme.controlSmall
        iconName: "folder-open"
        text: root.saves ? qsTr("Choose another place…") : qsTr("Choose the file…")
        onClicked: {
            root.asked = false
            root.asked = true
        }
    }

    Repeater {
        model: root.asked ? 1 : 0
        onItemAdded: (index, item) => (item as FileChooser).open()

        FileChooser {
            saves: root.saves
            label: root.label
            filter: root.filter
            onChosen: address => {
                root.asked = false
                field.text = root.localPath(address)
                field.forceActiveFocus()
            }
        }
    }
}
