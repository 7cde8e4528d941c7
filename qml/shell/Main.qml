// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Controls.Basic
import Parvis.Models
import Parvis.Theme

/// The window. The application gives it the models, once, as its one initial property.
ApplicationWindow {
    id: root

    required property AppModel app

    // What the desktop puts around a window must be on the screen too.
    width: Math.min(root.app.settings.windowWidth, Screen.desktopAvailableWidth)
    height: Math.min(root.app.settings.windowHeight, Screen.desktopAvailableHeight - 40)
    minimumWidth: 480
    minimumHeight: 480
    visible: true
    visibility: root.app.settings.windowMaximised ? Window.Maximized : Window.Windowed
    color: Theme.colour.base
    //: The title of the window. 1: number of unread messages
    title: root.app.rooms.unreadMessages > 0 ? qsTr("(%1) Parvis").arg(root.app.rooms.unreadMessages) : "Parvis"

    onClosing: close => {
        root.app.settings.rememberWindow(root.width, root.height, root.visibility === Window.Maximized)
        close.accepted = guard.mayClose()
    }
    Component.onCompleted: root.app.start()

    AppView {
        anchors.fill: parent
        focus: true
        app: root.app
    }

    CloseGuard {
        id: guard

        composer: root.app.composer
        onCloseWanted: root.close()
    }
}
