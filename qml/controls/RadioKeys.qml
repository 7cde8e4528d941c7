// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Templates as T

/// The keys of one of several answers: an arrow goes to the next one and chooses it, round and round.
Item {
    id: root

    required property T.RadioButton button

    function answers() {
        // By number: Qt 6.4 cannot go over a list of items with "of".
        const all = []
        for (let at = 0; at < root.button.parent.children.length; ++at) {
            const answer = root.button.parent.children[at] as T.RadioButton
            if (answer !== null && answer.visible && answer.enabled)
                all.push(answer)
        }
        return all
    }

    function go(step: int) {
        const all = root.answers()
        const at = all.indexOf(root.button) + step
        const next = all[(at + all.length) % all.length] as T.RadioButton
        if (next === root.button)
            return
        next.forceActiveFocus(Qt.TabFocusReason)
        next.toggle()
        next.clicked()
    }

    Keys.onUpPressed: root.go(-1)
    Keys.onDownPressed: root.go(1)
    Keys.onLeftPressed: root.go(root.button.mirrored ? 1 : -1)
    Keys.onRightPressed: root.go(root.button.mirrored ? -1 : 1)
}
