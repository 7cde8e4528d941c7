// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Every control in every state, on one sheet.
ApplicationWindow {
    id: root

    required property AppModel app

    width: 1280
    height: 1100
    visible: true
    color: Theme.colour.base
    title: "Parvis"

    Binding {
        target: Theme
        property: "dark"
        value: root.app.settings.dark
    }

    Binding {
        target: Theme
        property: "textScale"
        value: root.app.settings.textScale / 100
    }

    Flow {
        anchors.fill: parent
        anchors.margins: Theme.gap32
        flow: Flow.TopToBottom
        spacing: Theme.gap32

        ButtonSheet {}

        EntrySheet {}

        ChoiceSheet {}

        MarkSheet {}

        TextSheet {}
    }
}
