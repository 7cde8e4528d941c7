// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// A message with a file: the file, what was written with it, and what became of sending or saving it.
MessageFrame {
    id: root

    /// What is wanted of the file, once it is there.
    enum Act { Save, Replace, Stop }

    required property string body
    required property string rich
    required property int tone
    required property string errorText
    required property string fileName
    required property string fileLabel
    required property string fileText
    required property string fileIcon
    required property int fileStep
    required property int filePercent
    required property string fileNote
    required property bool fileWrong
    required property bool fileAsks
    readonly property bool saveable: root.fileStep === TimelineModel.FileThere && root.eventId !== ""

    signal linkWanted(string url)
    signal fileWanted(int act)
    signal retryWanted(string txnId)
    signal cancelWanted(string txnId)

    // A little air below the name.
    Item {
        width: 1
        height: 2
    }

    FileBlock {
        width: Math.min(root.textWidth, Math.round(440 * Theme.columnGrowth))
        name: root.fileName
        label: root.fileLabel
        details: root.fileText
        iconName: root.fileIcon
        step: root.fileStep
        percent: root.filePercent
        onSaveWanted: root.fileWanted(FileDelegate.Act.Save)
        onStopWanted: root.fileStep === TimelineModel.FileLeaving ? root.cancelWanted(root.txnId) : root.fileWanted(FileDelegate.Act.Stop)
    }

    TextBlock {
        width: root.textWidth
        visible: root.body !== ""
        body: root.body
        rich: root.rich
        line: ""
        tone: root.tone
        edited: root.edited
        senderName: root.senderName
        onLinkActivated: url => root.linkWanted(url)
    }

    FileOutcome {
        width: root.textWidth
        visible: root.fileStep === TimelineModel.FileFailed || root.fileNote !== ""
        label: root.fileLabel
        failed: root.fileStep === TimelineModel.FileFailed
        text: failed ? root.errorText : root.fileNote
        wrong: failed || root.fileWrong
        asks: root.fileAsks
        onReplaceWanted: root.fileWanted(FileDelegate.Act.Replace)
        onRetryWanted: root.retryWanted(root.txnId)
        onCancelWanted: root.cancelWanted(root.txnId)
    }
}
