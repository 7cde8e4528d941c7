// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Templates as T
import Parvis.Theme

/// A question that has to be answered first. Escape is always the safe answer; the first field has the
/// keyboard, and it goes back to where it came from.
T.Popup {
    id: root

    property string title: ""
    default property alias body: frame.body
    property alias footer: frame.footer
    readonly property DialogFrame frame: DialogFrame {
        id: frame

        title: root.title
    }

    parent: T.Overlay.overlay
    x: Math.round((parent.width - width) / 2)
    y: Math.round((parent.height - height) / 2)
    width: Math.min(Theme.dialogWidth, parent.width - 2 * Theme.gap16)
    height: Math.min(frame.implicitHeight + topPadding + bottomPadding, parent.height - 2 * Theme.gap16)
    padding: 28
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    onOpened: root.frame.begin()
    contentItem: root.frame

    T.Overlay.modal: Rectangle {
        color: Theme.colour.veil
    }

    background: Raised {
        radius: Theme.radiusDialog
    }
}
