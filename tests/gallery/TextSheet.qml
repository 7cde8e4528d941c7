// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

Column {
    spacing: Theme.gap8
    width: 340

    StyledText { step: Theme.welcome; text: "Bienvenue sur Parvis" }
    StyledText { step: Theme.dialog; text: "Titre de dialogue" }
    StyledText { step: Theme.section; text: "Titre de section" }
    StyledText { step: Theme.message; text: "Message 👍 🇫🇷 ❤️ 👩‍💻" }
    StyledText { text: "Interface" }
    StyledText { step: Theme.small; text: "Secondaire"; color: Theme.colour.text2 }
    StyledText { step: Theme.caption; text: "Légende 11:14"; color: Theme.colour.text3 }
}
