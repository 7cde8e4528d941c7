// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick

/// The keys that work wherever the keyboard is. F6 goes from region to region, Shift+F6 back.
Item {
    id: root

    required property list<Item> regions

    signal searchWanted()
    signal messageSearchWanted(bool everywhere)
    signal newRoomWanted()
    signal settingsWanted()
    signal shortcutsWanted()
    signal roomStepped(int step)

    function cycle(step: int) {
        for (let at = 0; at < root.regions.length; ++at) {
            if (root.regions[at].activeFocus)
                return root.enter(at + step, step)
        }
        root.enter(0, 1)
    }

    /// The first region that is shown, from this one on.
    function enter(from: int, step: int) {
        const all = root.regions.length
        for (let at = (from + all) % all, left = all; left > 0; at = (at + step + all) % all, --left) {
            if (root.regions[at].visible)
                return root.regions[at].forceActiveFocus(Qt.TabFocusReason)
        }
    }

    function focusMain() {
        root.enter(root.regions.length - 1, -1)
    }

    Shortcut {
        sequences: ["F6"]
        onActivated: root.cycle(1)
    }

    Shortcut {
        sequences: ["Shift+F6"]
        onActivated: root.cycle(-1)
    }

    Shortcut {
        sequences: ["Ctrl+K"]
        onActivated: root.searchWanted()
    }

    Shortcut {
        sequences: ["Ctrl+F"]
        onActivated: root.messageSearchWanted(false)
    }

    Shortcut {
        sequences: ["Ctrl+Shift+F"]
        onActivated: root.messageSearchWanted(true)
    }

    Shortcut {
        sequences: ["Ctrl+N"]
        onActivated: root.newRoomWanted()
    }

    Shortcut {
        sequences: ["Ctrl+,"]
        onActivated: root.settingsWanted()
    }

    Shortcut {
        sequences: ["F1", "Ctrl+/"]
        onActivated: root.shortcutsWanted()
    }

    Shortcut {
        sequences: ["Alt+Up"]
        onActivated: root.roomStepped(-1)
    }

    Shortcut {
        sequences: ["Alt+Down"]
        onActivated: root.roomStepped(1)
    }
}
