// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

Column {
    spacing: Theme.gap12

    PrimaryButton {
        text: "Continuer"
        focus: true
        Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
    }

    PrimaryButton {
        text: "Connexion…"
        busy: true
    }

    PrimaryButton {
        text: "Impossible"
        enabled: false
    }

    SecondaryButton {
        text: "Annuler"
    }

    SecondaryButton {
        text: "Renvoyer"
        iconName: "rotate-cw"
        size: Theme.controlSmall
    }

    DangerButton {
        text: "Se déconnecter"
    }

    LinkButton {
        text: "Autre serveur"
        iconName: "chevron-left"
    }

    Row {
        spacing: Theme.gap12

        IconButton {
            iconName: "search"
            text: "Rechercher"
        }

        IconButton {
            iconName: "info"
            text: "Détails"
            checkable: true
            checked: true
        }

        IconButton {
            iconName: "send-horizontal"
            text: "Envoyer"
            enabled: false
        }
    }
}
