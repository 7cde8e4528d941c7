// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models
import Parvis.Rooms
import Parvis.Settings

/// The questions that the home page asks over itself.
Item {
    id: root

    required property AppModel app

    function beginRoom() {
        newRoom.open()
    }

    function askLogout() {
        logout.open()
    }

    function signInAgain() {
        again.open()
    }

    NewRoomDialog {
        id: newRoom

        model: root.app.newRoom
    }

    LogoutDialog {
        id: logout

        session: root.app.session
    }

    SignInAgainDialog {
        id: again

        session: root.app.session
    }
}
