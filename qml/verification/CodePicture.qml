// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Models
import Parvis.Theme

/// Our QR code, as large as a camera likes it.
Rectangle {
    id: root

    required property VerificationModel verification

    implicitHeight: 272
    radius: Theme.radiusCard
    color: "white"
    border.width: 1
    border.color: Theme.colour.line

    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("QR code for the camera of the other device")

    QrItem {
        anchors.centerIn: parent
        width: 256
        height: 256
        verification: root.verification
    }
}
