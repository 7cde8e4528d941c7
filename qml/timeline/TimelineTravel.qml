// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models

/// Where somebody went in the conversation's past is shown, in the middle of the view and under the keyboard; what follows
/// it is fetched as one reads on.
Item {
    id: root

    required property TimelineModel timeline
    required property MessageList list
    property string wanted: ""

    signal arrived()

    function show() {
        const row = root.timeline.rowOfEvent(root.wanted)
        root.wanted = ""
        if (row < 0)
            return root.list.forceActiveFocus(Qt.OtherFocusReason)
        root.arrived()
        root.list.currentIndex = row
        root.list.positionViewAtIndex(row, ListView.Center)
        root.list.forceActiveFocus(Qt.OtherFocusReason)
    }

    function loadNearEnd() {
        if (!root.timeline.atEnd && root.list.originY + root.list.contentHeight - root.list.contentY < 3 * root.list.height)
            root.timeline.loadNewer()
    }

    Connections {
        target: root.timeline as QtObject

        // Not at once: the lines around it are about to be made.
        function onArrived(eventId) {
            root.wanted = eventId
            // qmllint disable
            Qt.callLater(root.show)
            // qmllint enable
        }
    }
}
