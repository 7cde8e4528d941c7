// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// How the two sides can compare, and what each way needs.
FocusScope {
    id: root

    required property VerificationModel verification
    readonly property Item first: root.verification.canCompare ? compare : root.verification.canShow ? show : root.verification.canRead ? read : null

    implicitHeight: column.implicitHeight

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap12

        WayButton {
            id: compare

            visible: root.verification.canCompare
            usual: true
            text: qsTr("Compare pictures")
            hint: qsTr("Seven pictures on both screens. On the phone, too.")
            busy: root.verification.busy
            onChosen: root.verification.compareEmoji()
        }

        WayButton {
            id: show

            visible: root.verification.canShow
            iconName: "qr-code"
            text: qsTr("Show a QR code")
            hint: qsTr("If the other device has a camera.")
            onChosen: root.verification.showCode()
        }

        WayButton {
            id: read

            visible: root.verification.canRead
            iconName: "image"
            text: qsTr("Read a QR code")
            hint: qsTr("From a photograph or a screenshot of the code on the other device.")
            onChosen: root.verification.chooseRead()
        }
    }
}
