// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models

/// Somebody's identity is another one than before: nothing is sent to them, or it is only said.
Banner {
    id: root

    required property IdentityChangesModel changes

    signal verifyWanted(string userId, string name)

    meaning: root.changes.violated ? Banner.Meaning.Danger : Banner.Meaning.Information
    iconName: root.changes.violated ? "shield-alert" : "info"
    text: root.changes.text
    actionText: root.changes.violated ? qsTr("Verify again…") : qsTr("OK")
    secondText: root.changes.violated ? qsTr("Accept and send unverified") : qsTr("Verify this person")
    onActed: root.changes.violated ? root.verifyWanted(root.changes.userId, root.changes.name) : root.changes.accept()
    onSeconded: root.changes.violated ? root.changes.accept() : root.verifyWanted(root.changes.userId, root.changes.name)
}
