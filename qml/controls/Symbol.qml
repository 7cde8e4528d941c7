// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Window
import Parvis.Theme

/// A symbolic icon in one colour. Says nothing to a screen reader: the control around it has the name. Grows with the
/// text beside it, as columns do.
Image {
    id: root

    required property string name
    property color colour: "black"
    property int size: 20
    readonly property int side: Math.round(root.size * Theme.columnGrowth)

    width: root.side
    height: root.side
    sourceSize.width: Math.ceil(root.side * Screen.devicePixelRatio)
    sourceSize.height: Math.ceil(root.side * Screen.devicePixelRatio)
    source: root.name === "" ? "" : "image://icon/%1/%2".arg(root.name).arg(root.colour.toString().substring(1))
    smooth: false

    Accessible.ignored: true
}
