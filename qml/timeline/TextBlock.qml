// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The words of a message. The one place where markup is drawn: ours, made of escaped text and links.
StyledText {
    id: root

    required property string body
    required property string rich
    required property string line
    required property int tone
    required property bool edited
    required property string senderName
    readonly property string plain: root.line !== "" ? root.line : root.tone === TimelineModel.EmoteTone ? "%1 %2".arg(root.senderName).arg(root.body) : root.body

    step: Theme.message
    wrapMode: Text.Wrap
    maximumLineCount: 400
    bottomPadding: (root.edited && !mark.fits ? mark.implicitHeight : 0) - root.step.lift
    font.italic: root.tone === TimelineModel.EmoteTone || root.tone === TimelineModel.Faint
    color: root.tone === TimelineModel.Plain || root.tone === TimelineModel.EmoteTone ? Theme.colour.text1 : Theme.colour.text2
    linkColor: Theme.colour.link
    textFormat: root.rich !== "" && root.line === "" ? Text.StyledText : Text.PlainText
    text: root.rich !== "" && root.line === "" ? root.rich : root.plain

    Accessible.ignored: true

    HoverHandler {
        enabled: root.hoveredLink !== ""
        cursorShape: Qt.PointingHandCursor
    }

    StyledText {
        id: mark

        // After the last line, or under it where there is no room left.
        readonly property bool fits: root.implicitWidth + implicitWidth + 6 < root.width

        x: fits ? root.implicitWidth + 6 : 0
        y: fits ? 3 : root.topPadding + root.contentHeight
        visible: root.edited
        step: Theme.caption
        text: qsTr("(edited)")
        color: Theme.colour.text3
        Accessible.ignored: true
    }
}
