// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQml

/// What is made when it is first wanted, and kept from then on: a start pays for nothing that nobody has asked for. What
/// it holds names its parent itself.
Instantiator {
    id: root

    property bool wanted: false

    function made(): QtObject {
        root.active = true
        return root.object
    }

    active: false
    onWantedChanged: if (root.wanted)
        root.active = true
}
