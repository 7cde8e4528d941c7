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

    MessageActions {
        view: root.view
        timeline: root.timeline
        composer: root.composer
        menu: verbs
        pointed: root.pointed
        hovered: root.hovered
        onEditBegun: root.editBegun()
    }

    MessageMenu {
        id: verbs

        timeline: root.timeline
        composer: root.composer
        onEditBegun: root.editBegun()
        onDetailsWanted: line => details.openFor(line)
        onClosed: if (!root.composer.editing && !details.visible)
            root.view.forceActiveFocus()
    }

    MessageDetails {
        id: details

        onClosed: root.view.forceActiveFocus()
    }
}
