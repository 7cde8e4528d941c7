// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick

ColourSet {
    base: "#ffffff"
    sunken: "#f4f6f7"
    raised: "#ffffff"
    hover: "#edf1f3"
    selected: "#dcebf0"
    own: "#eaf3f6"
    mention: "#fff6d6"
    line: "#dde3e6"
    lineStrong: "#7f8c92"
    text1: "#12191c"
    text2: "#4a5960"
    text3: "#55646b"
    accent: "#155e75"
    accentHover: "#114e61"
    inkOnAccent: "#ffffff"
    link: "#0e5f7a"
    danger: "#b3261e"
    inkOnDanger: "#ffffff"
    dangerGround: "#fdecea"
    warning: "#8a4b00"
    warningGround: "#fff3e0"
    success: "#1b6b3a"
    successGround: "#e7f5ec"
    info: "#1f5fa8"
    infoGround: "#e8f0fb"
    veil: "#80101518"
    shadow: "#12191c"
}
