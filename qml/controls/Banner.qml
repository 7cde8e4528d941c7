// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma ComponentBehavior: Bound

import QtQuick
import Parvis.Theme

/// One sentence about the state of things, across the top, with at most two things to do. Nothing of it is cut: where
/// the window is low it scrolls, and has the keyboard for that.
Rectangle {
    id: root

    enum Meaning { Information, Caution, Danger }

    required property string text
    property int meaning: Banner.Meaning.Information
    property string iconName: "info"
    property string actionText: ""
    property string secondText: ""
    property bool busy: false
    property real mostHeight: 10000
    readonly property color ink: root.meaning === Banner.Meaning.Danger ? Theme.colour.danger : root.meaning === Banner.Meaning.Caution ? Theme.colour.warning : Theme.colour.info
    readonly property BannerContent content: inside.object as BannerContent

    signal acted()
    signal seconded()

    implicitHeight: root.content === null ? 0 : Math.min(root.mostHeight, root.content.contentHeight)
    color: root.meaning === Banner.Meaning.Danger ? Theme.colour.dangerGround : root.meaning === Banner.Meaning.Caution ? Theme.colour.warningGround : Theme.colour.infoGround

    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    // Most banners are never shown.
    OnDemand {
        id: inside

        wanted: root.visible

        BannerContent {
            parent: root
            anchors.fill: parent
            text: root.text
            iconName: root.iconName
            actionText: root.actionText
            secondText: root.secondText
            busy: root.busy
            ink: root.ink
            onActed: root.acted()
            onSeconded: root.seconded()
        }
    }

    FocusRing {
        shown: root.content !== null && root.content.activeFocus
        around: 0
        distance: -2
    }
}
