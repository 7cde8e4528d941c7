// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// The words of a message. One of two places where markup is drawn (the hits of the search are the other): ours, made of
/// escaped text and links.
StyledText {
    id: root

    required property string body
    required property string rich
    required property string line
    required property int tone
    required property bool edited
    required property string senderName
    property Item mark: null
    readonly property bool markBelow: root.mark !== null && root.implicitWidth + root.mark.implicitWidth + 6 >= root.width
    readonly property string plain: root.line !== "" ? root.line : root.tone === TimelineModel.EmoteTone ? "%1 %2".arg(root.senderName).arg(root.body) : root.body

    step: Theme.message
    wrapMode: Text.Wrap
    maximumLineCount: 400
    // Not a padding: while Qt finds out how wide a text would be, it reckons its height with the padding of before.
    height: root.implicitHeight + (root.markBelow ? root.mark.implicitHeight : 0)
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

    Loader {
        active: root.edited
        // After the last line, or under it where there is no room left.
        x: root.markBelow ? 0 : root.implicitWidth + 6
        y: root.markBelow ? root.topPadding + root.contentHeight : 3
        onItemChanged: root.mark = item as Item

        sourceComponent: StyledText {
            step: Theme.caption
            text: qsTr("(edited)")
            color: Theme.colour.text3
            Accessible.ignored: true
        }
    }
}
