// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Where one writes: Enter sends, Shift+Enter begins a line, Up edits the last message, Escape leaves the edit.
FocusScope {
    id: root

    required property ComposerModel composer
    required property TimelineModel timeline
    property int mostHeight: 320

    implicitHeight: box.height + Theme.gap16 + (refusal.visible ? refusal.height + 6 : 0)

    FieldError {
        id: refusal

        x: Theme.gap24
        width: parent.width - 2 * x
        text: root.composer.errorText !== "" ? root.composer.errorText : bar.problem
    }

    Rectangle {
        id: box

        x: Theme.gap20
        y: refusal.visible ? refusal.height + 6 : 0
        width: parent.width - 2 * x
        height: root.timeline.canSend ? editing.height + tray.height + scroll.height + bar.height + 8 : sentence.height + 24
        radius: Theme.radiusCard
        color: root.timeline.canSend ? Theme.colour.base : Theme.colour.sunken
        border.width: 1
        // No ring: the field has the keyboard most of the time, and would be the loudest thing on the page.
        border.color: !root.timeline.canSend ? Theme.colour.line : field.activeFocus ? Theme.colour.accent : Theme.colour.lineStrong

        StyledText {
            id: sentence

            x: Theme.gap16
            y: 12
            width: parent.width - 2 * x
            visible: !root.timeline.canSend
            text: root.timeline.cannotSendText
            color: Theme.colour.text2
            wrapMode: Text.Wrap
        }

        EditingBar {
            id: editing

            width: parent.width
            visible: root.composer.editing
            onCancelled: root.composer.cancelEdit()
        }

        FileTray {
            id: tray

            y: editing.height
            width: parent.width
            height: implicitHeight
            visible: root.timeline.canSend && !root.composer.editing && tray.files.count > 0
            mostHeight: root.mostHeight * 0.6
            files: root.composer.files
            onEmptied: field.forceActiveFocus()
        }

        // Not a ScrollView: that keeps the bars of its style beside ours, without a name.
        Flickable {
            id: scroll

            y: editing.height + tray.height
            width: parent.width
            height: Math.min(root.mostHeight, Math.max(field.implicitHeight, Theme.message.lineHeight + 18))
            visible: root.timeline.canSend
            contentHeight: field.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: SlimScrollBar {}

            /// What is typed stays in sight.
            function follow(top: real, bottom: real) {
                if (top < scroll.contentY)
                    scroll.contentY = Math.max(0, top - field.topPadding)
                else if (bottom > scroll.contentY + scroll.height)
                    scroll.contentY = bottom - scroll.height
            }

            MessageField {
                id: field

                width: scroll.width
                height: Math.max(implicitHeight, scroll.height)
                focus: true
                composer: root.composer
                timeline: root.timeline
                onCursorRectangleChanged: scroll.follow(cursorRectangle.y, cursorRectangle.y + cursorRectangle.height + bottomPadding)
            }
        }

        ComposerBar {
            id: bar

            y: editing.height + tray.height + scroll.height
            width: parent.width
            visible: root.timeline.canSend
            composer: root.composer
            timeline: root.timeline
            onFieldWanted: field.forceActiveFocus()
        }
    }
}
