// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Models
import Parvis.Theme

/// The text itself; the model keeps it, so that it survives a change of room and a restart.
TextArea {
    id: root

    required property ComposerModel composer
    required property TimelineModel timeline

    readonly property string caption: root.composer.files.count > 1 ? qsTr("Caption of the first file (optional)") : qsTr("Caption of the file (optional)")

    function place(text: string) {
        if (root.text === text)
            return
        root.text = text
        root.cursorPosition = root.length
    }

    leftPadding: Theme.gap16
    rightPadding: Theme.gap16
    topPadding: 12
    bottomPadding: 6
    wrapMode: TextEdit.Wrap
    textFormat: TextEdit.PlainText
    selectByMouse: true
    font.family: Theme.family
    font.pixelSize: Theme.message.pixelSize
    color: Theme.colour.text1
    placeholderTextColor: Theme.colour.text3
    selectionColor: Theme.colour.accent
    selectedTextColor: Theme.colour.inkOnAccent
    placeholderText: root.composer.files.waits && !root.composer.editing ? root.caption : root.timeline.encrypted ? qsTr("Encrypted message to %1").arg(root.timeline.name) : qsTr("Message to %1").arg(root.timeline.name)
    background: null

    onTextChanged: root.composer.text = root.text
    Component.onCompleted: root.place(root.composer.text)

    Keys.onPressed: event => {
        const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter
        if (enter && !(event.modifiers & Qt.ShiftModifier) && !root.inputMethodComposing)
            root.composer.send()
        else if (event.key === Qt.Key_Up && root.text === "" && root.composer.editLast())
            root.cursorPosition = root.length
        else if (event.matches(StandardKey.Paste) && !root.composer.editing && root.composer.files.paste())
            root.forceActiveFocus()
        else if (event.key === Qt.Key_Escape && root.composer.editing)
            root.composer.cancelEdit()
        else
            return
        event.accepted = true
    }
    // Tab leaves the field; it has no use inside a message.
    Keys.onTabPressed: event => root.nextItemInFocusChain(!(event.modifiers & Qt.ShiftModifier)).forceActiveFocus(Qt.TabFocusReason)
    Keys.onBacktabPressed: root.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

    Accessible.role: Accessible.EditableText
    Accessible.name: qsTr("Message")
    Accessible.description: root.placeholderText
    Accessible.multiLine: true

    Connections {
        target: root.composer

        function onTextChanged() {
            root.place(root.composer.text)
        }
    }
}
