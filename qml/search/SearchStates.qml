// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// What stands in the place of no messages: nothing wanted yet, looking, nothing found, not possible.
Item {
    id: root

    required property SearchModel search
    required property bool empty
    readonly property bool failed: root.search.errorText !== ""
    readonly property bool none: root.search.wanting && !root.search.busy && !root.failed
    readonly property bool widens: root.none && !root.search.everywhere

    signal begun()

    visible: root.empty
    implicitHeight: said.implicitHeight

    EmptyState {
        id: said

        anchors.fill: parent
        busy: root.search.busy
        iconName: root.failed ? "triangle-alert" : "search"
        title: root.search.busy ? qsTr("Searching…") : root.failed ? qsTr("The search did not work") : root.none ? qsTr("No message found") : qsTr("Find what was said")
        text: root.search.busy ? "" : root.failed ? root.search.errorText : root.none ? qsTr("Try fewer words, or only the beginning of one: accents and capitals do not matter.") : qsTr("The words never leave this device.")
        actionText: root.search.busy ? "" : root.failed ? qsTr("Try again") : root.widens ? qsTr("Search in all conversations") : ""
        // The button goes with what it does.
        onActed: {
            root.begun()
            if (root.failed)
                root.search.retry()
            else
                root.search.everywhere = true
        }
    }
}
