// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Theme

/// What this program is and under which licence.
SettingsSection {
    id: root

    required property string version

    title: qsTr("About Parvis")
    iconName: "info"

    StyledText {
        x: Theme.gap8
        width: parent.width - x
        wrapMode: Text.Wrap
        text: qsTr("Version %1").arg(root.version)
        color: Theme.colour.text2
    }

    StyledText {
        x: Theme.gap8
        width: parent.width - x
        wrapMode: Text.Wrap
        text: qsTr("Free software under the European Union Public Licence, version 1.2. It speaks Matrix, an open standard.")
        color: Theme.colour.text2
    }

    StyledText {
        x: Theme.gap8
        width: parent.width - x
        wrapMode: Text.Wrap
        text: qsTr("Built on Qt and libqrencode (LGPL), SQLCipher, libolm, OpenSSL and zxing-cpp; icons by Lucide (ISC), letters by Inter (OFL).")
        color: Theme.colour.text2
    }
}
