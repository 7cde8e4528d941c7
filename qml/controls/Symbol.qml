// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Window

/// A symbolic icon in one colour. Says nothing to a screen reader: the control around it has the name.
Image {
    id: root

    required property string name
    property color colour: "black"
    property int size: 20

    width: root.size
    height: root.size
    sourceSize.width: Math.ceil(root.size * Screen.devicePixelRatio)
    sourceSize.height: Math.ceil(root.size * Screen.devicePixelRatio)
    source: root.name === "" ? "" : "image://icon/%1/%2".arg(root.name).arg(root.colour.toString().substring(1))
    smooth: false

    Accessible.ignored: true
}
