// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

Column {
    spacing: Theme.gap8
    width: 340

    Flow {
        width: parent.width
        spacing: 6

        FilterPill {
            text: "Toutes"
            checked: true
        }

        FilterPill {
            text: "Non lues"
        }

        FilterPill {
            text: "Personnes"
        }
    }

    Toggle {
        width: parent.width
        text: "Salon public"
        hint: "Tout le monde sur votre serveur peut le trouver et le lire."
        checked: true
    }

    Toggle {
        width: parent.width
        text: "Éteint"
    }

    Column {
        width: parent.width

        ChoiceRow {
            width: parent.width
            text: "Clair"
            checked: true
        }

        ChoiceRow {
            width: parent.width
            text: "Sombre"
            hint: "Pour le soir."
        }
    }

    TextScaleSlider {
        label: "Taille du texte"
        valueText: "120 %"
        from: 80
        to: 200
        value: 120
    }
}
