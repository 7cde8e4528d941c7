// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Theme

/// One of several ways to the same end, as wide as the question, with what it needs below it.
FocusScope {
    id: root

    required property string text
    property string hint: ""
    property string iconName: ""
    property bool busy: false
    /// The one that most people take.
    property bool usual: false

    signal chosen()

    width: parent ? parent.width : implicitWidth
    implicitWidth: button.implicitWidth
    implicitHeight: root.hint !== "" ? words.y + words.height : button.height

    TextButton {
        id: button

        width: root.width
        mostWidth: root.width
        focus: true
        iconName: root.iconName
        text: root.text
        busy: root.busy
        ground: root.usual ? Theme.colour.accent : "transparent"
        groundHovered: root.usual ? Theme.colour.accentHover : Theme.colour.hover
        edge: root.usual ? Theme.colour.accent : Theme.colour.lineStrong
        ink: root.usual ? Theme.colour.inkOnAccent : Theme.colour.text1
        Accessible.description: root.hint
        onClicked: root.chosen()
    }

    StyledText {
        id: words

        y: button.height + 4
        width: root.width
        visible: root.hint !== ""
        horizontalAlignment: Text.AlignHCenter
        step: Theme.small
        text: root.hint
        color: Theme.colour.text2
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
