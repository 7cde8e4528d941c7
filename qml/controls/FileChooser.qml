// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Dialogs

/// The system's dialog for a file, made when it is first asked for.
Item {
    id: root

    property bool saves: false
    property bool several: false
    property string label: ""
    property string filter: ""
    /// Where it begins; empty: where the system wants.
    property url proposed
    /// What was chosen, where several may be.
    readonly property alias addresses: dialog.selectedFiles

    signal chosen(string address)

    function open() {
        if (`${root.proposed}` !== "")
            dialog.selectedFile = root.proposed
        dialog.open()
    }

    FileDialog {
        id: dialog

        title: root.label
        fileMode: root.saves ? FileDialog.SaveFile : root.several ? FileDialog.OpenFiles : FileDialog.OpenFile
        nameFilters: root.filter === "" ? [] : [root.filter]
        onAccepted: root.chosen(`${dialog.selectedFile}`)
    }
}
