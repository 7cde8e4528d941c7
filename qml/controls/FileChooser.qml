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
    /// There is no dialog on this computer.
    signal missing()

    /// Where the system has none of its own, Qt 6.4 makes one with this module, and falls over where that is not there.
    function canOpen(): bool {
        try {
            Qt.createQmlObject("import Qt.labs.folderlistmodel; FolderListModel {}", root).destroy()
        } catch (error) {
            return false
        }
        return true
    }

    function open() {
        if (!root.canOpen()) {
            root.missing()
            return
        }
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
