// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
pragma Singleton

import QtQuick

/// Every colour, size and time of the window. The shell sets the four properties on top; nothing else writes here.
QtObject {
    id: root

    property bool dark: false
    property real textScale: 1
    property bool reduceMotion: false

    readonly property ColourSet colour: root.dark ? root.darkColours : root.lightColours
    readonly property ColourSet lightColours: LightColours {}
    readonly property ColourSet darkColours: DarkColours {}
    /// Under white initials; chosen by id (models/person_mark.h knows how many there are).
    readonly property list<color> avatarGrounds: ["#7a3e9d", "#155e75", "#9a4a12", "#1b6b3a", "#1f5fa8", "#a3315c", "#5b5f13"]
    readonly property color inkOnAvatar: "#ffffff"

    readonly property string family: "Inter"
    readonly property TextStep badge: TextStep { size: 11; line: 18; weight: Font.DemiBold; scale: root.textScale }
    readonly property TextStep tag: TextStep { size: 11; line: 16; weight: Font.Medium; scale: root.textScale }
    readonly property TextStep caption: TextStep { size: 12; line: 16; scale: root.textScale }
    readonly property TextStep small: TextStep { size: 13; line: 18; scale: root.textScale }
    readonly property TextStep ui: TextStep { size: 14; line: 20; scale: root.textScale }
    readonly property TextStep message: TextStep { size: 15; line: 22; scale: root.textScale }
    readonly property TextStep section: TextStep { size: 17; line: 24; weight: Font.DemiBold; scale: root.textScale }
    readonly property TextStep dialog: TextStep { size: 20; line: 28; weight: Font.DemiBold; scale: root.textScale }
    readonly property TextStep welcome: TextStep { size: 26; line: 34; weight: Font.DemiBold; scale: root.textScale }
    readonly property TextStep display: TextStep { size: 30; line: 38; weight: Font.DemiBold; scale: root.textScale }

    readonly property int gap4: 4
    readonly property int gap8: 8
    readonly property int gap12: 12
    readonly property int gap16: 16
    readonly property int gap20: 20
    readonly property int gap24: 24
    readonly property int gap32: 32
    readonly property int gap56: 56

    readonly property int radiusTag: 4
    readonly property int radiusControl: 8
    readonly property int radiusCard: 12
    readonly property int radiusDialog: 14

    /// What holds text grows with it, and never shrinks below a comfortable target.
    readonly property real growth: Math.max(1, root.textScale)
    readonly property int controlSmall: Math.round(28 * root.growth)
    readonly property int control: Math.round(36 * root.growth)
    readonly property int controlLarge: Math.round(44 * root.growth)
    readonly property int roomRow: Math.round(60 * root.growth)
    readonly property int header: Math.round(60 * root.growth)
    /// Columns grow with the text they hold, but less, or there would be no room left for the reading.
    readonly property real columnGrowth: (1 + root.growth) / 2
    readonly property int rail: Math.round(64 * root.columnGrowth)
    readonly property int railButton: Math.round(40 * root.columnGrowth)
    readonly property int sidePane: Math.round(344 * root.columnGrowth)
    readonly property int leastReading: Math.round(320 * root.columnGrowth)
    /// Where what was said begins: beside the picture of who said it.
    readonly property int timelineIndent: root.gap20 + Math.round(36 * root.columnGrowth) + root.gap12
    readonly property int dialogWidth: 520
    readonly property int readingWidth: Math.round(720 * root.growth)
    readonly property int oneColumnBelow: Math.round(640 * root.columnGrowth)
    readonly property int overlayPaneBelow: Math.round(1080 * root.columnGrowth)
    readonly property int oneSheetBelow: Math.round(900 * root.columnGrowth)

    readonly property int motion: root.reduceMotion ? 0 : 120
}
