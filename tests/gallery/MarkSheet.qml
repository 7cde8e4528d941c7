// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

Column {
    id: root

    spacing: Theme.gap12
    width: 440

    Row {
        spacing: Theme.gap8

        Avatar { initials: "CM"; colour: 0 }
        Avatar { initials: "LM"; colour: 1 }
        Avatar { initials: "SK"; colour: 2 }
        Avatar { initials: "PN"; colour: 3; person: false }
        Avatar { initials: "RH"; colour: 4; person: false }
        Avatar { initials: "HB"; colour: 5; size: 36 }
        Avatar { initials: "SI"; colour: 6; person: false; size: 36 }
    }

    Row {
        spacing: Theme.gap8

        Badge { count: 1 }
        Badge { count: 38 }
        Badge { count: 120 }
        Badge { count: 2; weight: Badge.Weight.Mention }
        Badge { count: 38; weight: Badge.Weight.Soft }
    }

    Row {
        spacing: Theme.gap8

        Tag { text: "Chiffré"; meaning: Tag.Meaning.Success; iconName: "lock" }
        Tag { text: "Externes"; meaning: Tag.Meaning.Caution }
        Tag { text: "Public"; iconName: "globe" }
        Tag { text: "Refusé"; meaning: Tag.Meaning.Danger }
        Tag { text: "Ancien"; meaning: Tag.Meaning.Quiet }
    }

    Banner {
        width: root.width
        text: "Connexion au serveur…"
        busy: true
    }

    Banner {
        width: root.width
        meaning: Banner.Meaning.Caution
        iconName: "wifi-off"
        text: "Vous êtes hors ligne. Ce que vous écrivez est gardé et sera envoyé plus tard."
        actionText: "Réessayer"
    }

    Banner {
        width: root.width
        meaning: Banner.Meaning.Danger
        iconName: "hard-drive"
        text: "Le disque de cet ordinateur est plein."
    }

    EmptyState {
        width: root.width
        title: "Aucune conversation"
        text: "Écrivez à quelqu’un, ou attendez une invitation."
        actionText: "Nouvelle conversation"
    }
}
