// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.RoomInfo
import Parvis.Theme

/// The details of the open conversation, beside it or, where there is no room for both, over it.
FocusScope {
    id: root

    required property AppModel app
    required property HomeDialogs dialogs
    required property real pageWidth
    readonly property bool over: root.pageWidth < Theme.overlayPaneBelow

    signal closeWanted()

    function turn(toEncryption: bool) {
        (details.made() as RoomPane).turn(toEncryption)
    }

    width: root.pageWidth < Theme.oneColumnBelow ? root.pageWidth : Math.min(Theme.sidePane, root.pageWidth)

    OnDemand {
        id: details

        wanted: root.visible

        RoomPane {
            parent: root
            anchors.fill: parent
            focus: true
            visible: root.visible
            members: root.app.members
            timeline: root.app.timeline
            security: root.app.security
            onPersonChosen: (userId, name) => root.dialogs.showPerson(userId, name)
            onCloseWanted: root.closeWanted()
        }
    }
}
