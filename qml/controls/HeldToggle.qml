// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick

/// A toggle that shows what holds: where a wish cannot be kept, or not yet, it goes back.
Toggle {
    id: root

    required property bool held

    signal wished(bool on)

    onHeldChanged: root.checked = root.held
    onToggled: {
        root.wished(root.checked)
        root.checked = root.held
    }
    Component.onCompleted: root.checked = root.held
}
