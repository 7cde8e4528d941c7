// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// What a banner shows: sign, sentence, and at most two buttons, beside it or below it.
FocusScroll {
    id: root

    required property string text
    required property string iconName
    required property string actionText
    required property string secondText
    required property bool busy
    required property color ink
    readonly property bool offers: root.actionText !== ""
    /// The button beside the sentence would leave it too little room.
    readonly property bool stacked: root.offers && root.width < actions.wanted + 360 * Theme.growth

    signal acted()
    signal seconded()

    contentHeight: root.stacked ? words.height + actions.height + 28 : Math.max(words.height + 16, root.offers ? actions.height + 12 : 0)
    activeFocusOnTab: root.overflows && !root.offers

    Accessible.role: Accessible.Pane
    Accessible.name: root.text
    Accessible.ignored: !root.activeFocusOnTab

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
        y: root.stacked ? 8 : Math.round((root.contentHeight - height) / 2)
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
        y: root.stacked ? words.y + words.height + 10 : Math.round((root.contentHeight - height) / 2)
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
