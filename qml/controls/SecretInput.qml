// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Theme

/// The line of a secret. Its name reaches screen readers by "secretName" (models/secret_field.h); its text does not.
TextField {
    id: root

    required property string secretName
    property string secretHint: ""
    property bool wrong: false

    leftPadding: Theme.gap12
    font.family: Theme.family
    color: Theme.colour.text1
    selectionColor: Theme.colour.accent
    selectedTextColor: Theme.colour.inkOnAccent
    selectByMouse: true

    background: EntryGround {
        focused: root.activeFocus
        wrong: root.wrong
    }
}
