// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models

/// What can be done with a message, by pointer and by key.
PopupMenu {
    id: root

    required property TimelineModel timeline
    required property ComposerModel composer
    property MessageFrame line: null
    readonly property bool failed: root.line !== null && root.line.delivery === TimelineModel.Failed
    property bool editable: false
    /// The file of the line, if it has one, and what stands with it.
    property FileDelegate file: null
    property list<string> links
    property string remedyText: ""

    signal editBegun()
    signal detailsWanted(MessageFrame line)
    signal fileWanted(string eventId, string name, int act)

    function openFor(item: Item, at: point) {
        root.line = item as MessageFrame
        if (root.line === null)
            return
        const message = item as MessageDelegate
        root.editable = message !== null && message.editable
        const unreadable = item as UnreadableDelegate
        root.remedyText = unreadable === null ? "" : unreadable.remedyText
        root.file = item as FileDelegate
        root.links = root.timeline.links(root.line.key)
        root.parent = item
        root.popup(item, at.x, at.y)
        root.currentIndex = root.firstShown()
    }

    function firstShown(): int {
        let first = 0
        while (first < root.count - 1 && !root.itemAt(first).visible)
            ++first
        return first
    }

    function openForCurrent(view: ListView) {
        if (view.currentItem)
            root.openFor(view.currentItem, Qt.point(80, Math.max(0, view.currentItem.height - 12)))
    }

    MenuRow {
        visible: root.remedyText !== ""
        iconName: "lock-open"
        text: root.remedyText
        onTriggered: root.timeline.help(root.line.key)
    }

    MenuRow {
        visible: root.file !== null && root.file.saveable
        iconName: "download"
        text: qsTr("Save as…")
        onTriggered: root.fileWanted(root.line.eventId, root.file.fileName, FileDelegate.Act.Save)
    }

    MenuRow {
        visible: root.file !== null && root.file.fileAsks
        iconName: "file"
        text: qsTr("Replace what is there")
        onTriggered: root.fileWanted(root.line.eventId, root.file.fileName, FileDelegate.Act.Replace)
    }

    MenuRow {
        visible: root.file !== null && root.file.fileStep === TimelineModel.FileComing
        iconName: "x"
        text: qsTr("Stop")
        onTriggered: root.fileWanted(root.line.eventId, root.file.fileName, FileDelegate.Act.Stop)
    }

    MenuRow {
        visible: root.file !== null
        iconName: "copy"
        text: qsTr("Copy the file’s name")
        onTriggered: root.timeline.copyFileName(root.line.key)
    }

    MenuRow {
        visible: root.file === null || root.file.body !== ""
        iconName: "copy"
        text: qsTr("Copy the text")
        onTriggered: root.timeline.copy(root.line.key)
    }

    Repeater {
        model: root.links

        MenuRow {
            required property string modelData

            iconName: "external-link"
            text: qsTr("Open %1").arg(modelData)
            onTriggered: root.timeline.openLink(modelData)
        }
    }

    MenuRow {
        visible: root.editable
        iconName: "pencil"
        text: qsTr("Edit")
        onTriggered: {
            root.composer.edit(root.line.eventId)
            root.editBegun()
        }
    }

    MenuRow {
        visible: root.failed
        iconName: "rotate-cw"
        text: qsTr("Send again")
        onTriggered: root.composer.retry(root.line.txnId)
    }

    MenuRow {
        visible: root.failed || root.file !== null && root.file.fileStep === TimelineModel.FileLeaving
        dangerous: true
        iconName: "trash-2"
        text: qsTr("Do not send")
        onTriggered: root.composer.cancel(root.line.txnId)
    }

    MenuRow {
        iconName: "info"
        text: qsTr("Details")
        onTriggered: root.detailsWanted(root.line)
    }
}
