// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

Column {
    spacing: Theme.gap16
    width: 340

    TextEntry {
        width: parent.width
        label: "Adresse professionnelle"
        placeholder: "@prenom.nom:administration.exemple"
        hint: "Celle de votre administration."
    }

    TextEntry {
        width: parent.width
        label: "Serveur"
        text: "prefecture.exmple"
        errorText: "Le serveur ne répond pas. Vérifiez le réseau, puis réessayez. (PARVIS_CONNECTION_LOST)"
    }

    PasswordEntry {
        width: parent.width
        label: "Mot de passe"
        text: "un secret"
        large: true
    }

    SearchEntry {
        width: parent.width
        label: "Rechercher ou aller à…"
        shortcutText: "Ctrl K"
    }
}
