// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Over the line under the pointer or the keyboard: what is done most often with it. The menu has the same, and the rest,
/// by keys. One for the whole conversation, and over the line, so that nothing moves when it comes.
Raised {
    id: root

    required property ComposerModel composer
    required property TimelineModel timeline
    required property MessageMenu menu
    required property ListView view
    /// Where the pointer was last; it counts while the pointer is over the messages.
    property MessageFrame pointed: null
    property bool hovered: false
    readonly property MessageFrame line: root.view.moving ? null : root.hovered && root.pointed !== null ? root.pointed : root.view.activeFocus ? root.view.currentItem as MessageFrame : null
    readonly property real edge: root.line === null ? 0 : root.line.y + root.line.lineTop
    readonly property MessageDelegate message: root.line as MessageDelegate
    readonly property FileDelegate file: root.line as FileDelegate
    readonly property bool failed: root.line !== null && root.line.delivery === TimelineModel.Failed

    signal editBegun()
    signal fileWanted(string eventId, string name, int act)

    parent: root.view.contentItem
    z: 2
    x: root.view.width - width - Theme.gap20
    y: Math.max(root.edge - Math.round(height * 0.7), root.view.contentY + 4)
    width: row.width + 8
    height: row.height + 8
    // Not where it would cover all that can be read.
    visible: root.line !== null && !root.menu.visible && root.view.height > 4 * height
    radius: Theme.radiusControl

    Accessible.ignored: true

    Row {
        id: row

        x: 4
        y: 4
        spacing: 2

        LineAction {
            visible: root.file !== null && root.file.saveable
            iconName: "download"
            text: qsTr("Save as…")
            onClicked: root.fileWanted(root.line.eventId, root.file.fileName, FileDelegate.Act.Save)
        }

        LineAction {
            visible: root.file === null || root.file.body !== ""
            iconName: "copy"
            text: qsTr("Copy the text")
            onClicked: root.timeline.copy(root.line.key)
        }

        LineAction {
            visible: root.message !== null && root.message.editable
            iconName: "pencil"
            text: qsTr("Edit")
            onClicked: {
                root.composer.edit(root.line.eventId)
                root.editBegun()
            }
        }

        LineAction {
            visible: root.failed
            iconName: "rotate-cw"
            text: qsTr("Send again")
            onClicked: root.composer.retry(root.line.txnId)
        }

        LineAction {
            iconName: "ellipsis"
            text: qsTr("More")
            shortcutText: qsTr("Enter")
            onClicked: root.menu.openFor(root.line, Qt.point(root.line.width - root.menu.implicitWidth, root.line.lineTop + 24))
        }
    }
}
