// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// A word about something, on a ground that carries the same meaning.
Rectangle {
    id: root

    enum Meaning { Information, Success, Caution, Danger, Quiet }

    required property string text
    property int meaning: Tag.Meaning.Information
    property string iconName: ""
    readonly property list<color> inks: [Theme.colour.info, Theme.colour.success, Theme.colour.warning, Theme.colour.danger, Theme.colour.text2]
    readonly property list<color> grounds: [Theme.colour.infoGround, Theme.colour.successGround, Theme.colour.warningGround, Theme.colour.dangerGround, Theme.colour.hover]

    implicitWidth: row.implicitWidth + 12
    implicitHeight: Theme.tag.lineHeight
    radius: Theme.radiusTag
    color: root.grounds[root.meaning]

    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 4

        Symbol {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== ""
            name: root.iconName
            size: 11
            colour: root.inks[root.meaning]
        }

        StyledText {
            step: Theme.tag
            text: root.text
            color: root.inks[root.meaning]
            Accessible.ignored: true
        }
    }
}
