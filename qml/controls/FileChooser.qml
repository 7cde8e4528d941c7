// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Dialogs

/// The system's dialog for a file, made when it is first asked for.
Item {
    id: root

    property bool saves: false
    property string label: ""
    property string filter: ""

    signal chosen(string address)

    function open() {
        dialog.open()
    }

    FileDialog {
        id: dialog

        title: root.label
        fileMode: root.saves ? FileDialog.SaveFile : FileDialog.OpenFile
        nameFilters: root.filter === "" ? [] : [root.filter]
        onAccepted: root.chosen(`${dialog.selectedFile}`)
    }
}
