// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick

/// The colours of one theme, named by their use. Every text colour reaches 4.5:1 on every surface here.
QtObject {
    required property color base
    required property color sunken
    required property color raised
    required property color hover
    required property color selected
    required property color own
    required property color mention
    required property color line
    required property color lineStrong
    required property color text1
    required property color text2
    required property color text3
    required property color accent
    required property color accentHover
    required property color inkOnAccent
    required property color promise ///< under the words of the sign-in page
    required property color inkOnPromise
    required property color link
    required property color danger
    required property color inkOnDanger
    required property color dangerGround
    required property color warning
    required property color warningGround
    required property color success
    required property color successGround
    required property color info
    required property color infoGround
    required property color veil
    required property color shadow
}
