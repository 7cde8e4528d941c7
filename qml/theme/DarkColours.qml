// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick

ColourSet {
    base: "#101518"
    sunken: "#0b0f11"
    raised: "#182025"
    hover: "#1f2a30"
    selected: "#1d3a44"
    own: "#14262d"
    mention: "#2d2813"
    line: "#2a363c"
    lineStrong: "#74838a"
    text1: "#eef3f5"
    text2: "#b4c1c7"
    text3: "#98a6ad"
    accent: "#6cc3da"
    accentHover: "#85d0e3"
    inkOnAccent: "#06242d"
    link: "#8fd3e6"
    danger: "#ffb4ab"
    inkOnDanger: "#3b0a06"
    dangerGround: "#3a1815"
    warning: "#ffb868"
    warningGround: "#2c2113"
    success: "#7fd69a"
    successGround: "#14261b"
    info: "#a6c8ff"
    infoGround: "#15212f"
    veil: "#99050708"
    shadow: "#000000"
}
