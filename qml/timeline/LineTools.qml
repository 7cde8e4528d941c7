// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models

/// What can be done with a line of the list below: at the pointer, in a menu, and its details.
Item {
    id: root

    required property ListView view
    required property TimelineModel timeline
    required property ComposerModel composer
    /// The pointer is over the list. Not found out here: a handler above the lines would take the pointer from them.
    required property bool hovered
    property MessageFrame pointed: null

    signal editBegun()

    function openMenu(line: Item, at: point) {
        verbs.openFor(line, at)
    }

    function openMenuForCurrent() {
        verbs.openForCurrent(root.view)
    }

    function openDetails(line: MessageFrame) {
        details.openFor(line)
    }

    function workOnFile(eventId: string, name: string, act: int) {
        if (act === FileDelegate.Act.Save)
            place.begin(eventId, name)
        else if (act === FileDelegate.Act.Replace)
            root.timeline.saver.replace(eventId)
        else
            root.timeline.saver.cancel(eventId)
    }

    FileSaving {
        id: place

        saver: root.timeline.saver
        onEnded: root.view.forceActiveFocus()
    }

    MessageActions {
        view: root.view
        timeline: root.timeline
        composer: root.composer
        menu: verbs
        pointed: root.pointed
        hovered: root.hovered
        onEditBegun: root.editBegun()
        onFileWanted: (eventId, name, act) => root.workOnFile(eventId, name, act)
    }

    MessageMenu {
        id: verbs

        timeline: root.timeline
        composer: root.composer
        onEditBegun: root.editBegun()
        onFileWanted: (eventId, name, act) => root.workOnFile(eventId, name, act)
        onDetailsWanted: line => details.openFor(line)
        onClosed: if (!root.composer.editing && !details.visible)
            root.view.forceActiveFocus()
    }

    MessageDetails {
        id: details

        onClosed: root.view.forceActiveFocus()
    }
}
