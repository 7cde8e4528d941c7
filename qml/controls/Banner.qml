// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
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
    readonly property bool offers: root.actionText !== ""
    /// The button beside the sentence would leave it too little room.
    readonly property bool stacked: root.offers && root.width < actions.wanted + 360 * Theme.growth

    signal acted()
    signal seconded()

    implicitHeight: Math.min(root.mostHeight, scroll.contentHeight)
    color: root.meaning === Banner.Meaning.Danger ? Theme.colour.dangerGround : root.meaning === Banner.Meaning.Caution ? Theme.colour.warningGround : Theme.colour.infoGround

    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    FocusScroll {
        id: scroll

        anchors.fill: parent
        contentHeight: root.stacked ? words.height + actions.height + 28 : Math.max(words.height + 16, root.offers ? actions.height + 12 : 0)
        activeFocusOnTab: scroll.overflows && !root.offers

        Accessible.role: Accessible.Pane
        Accessible.name: root.text
        Accessible.ignored: !scroll.activeFocusOnTab

        Symbol {
            id: sign

            x: Theme.gap20
            y: words.y + Math.round((Theme.small.lineHeight - height) / 2)
            visible: !root.busy
            name: root.iconName
            size: 18
            colour: root.ink
        }

        Spinner {
            x: Theme.gap20
            y: words.y + Math.round((Theme.small.lineHeight - height) / 2)
            visible: root.busy
            size: 18
            colour: root.ink
        }

        StyledText {
            id: words

            x: sign.x + sign.width + Theme.gap12
            y: root.stacked ? 8 : Math.round((scroll.contentHeight - height) / 2)
            width: root.width - x - Theme.gap20 - (root.offers && !root.stacked ? actions.width + Theme.gap12 : 0)
            step: Theme.small
            text: root.text
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Flow {
            id: actions

            readonly property real wanted: action.implicitWidth + (root.secondText !== "" ? second.implicitWidth + spacing : 0)

            x: root.stacked ? words.x : root.width - width - Theme.gap20
            y: root.stacked ? words.y + words.height + 10 : Math.round((scroll.contentHeight - height) / 2)
            width: Math.min(actions.wanted, root.width - words.x - Theme.gap20)
            visible: root.offers
            spacing: Theme.gap8

            SecondaryButton {
                id: action

                visible: root.actionText !== ""
                size: Theme.controlSmall
                text: root.actionText
                onClicked: root.acted()
            }

            SecondaryButton {
                id: second

                visible: root.secondText !== ""
                size: Theme.controlSmall
                text: root.secondText
                onClicked: root.seconded()
            }
        }
    }

    FocusRing {
        shown: scroll.activeFocus
        around: 0
        distance: -2
    }
}
