// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// Reading the other side's code without a camera: from a picture file, or from the clipboard.
FocusScope {
    id: root

    required property VerificationModel verification

    function submit() {
        if (file.text !== "")
            root.verification.readFile(file.text)
    }

    implicitHeight: column.implicitHeight

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap16

        FileField {
            id: file

            width: parent.width
            focus: true
            label: qsTr("Picture of the code")
            hint: qsTr("PNG, JPEG, WebP, BMP or GIF")
            errorText: root.verification.errorText
            filter: qsTr("Pictures (%1)").arg("*.png *.jpg *.jpeg *.webp *.bmp *.gif")
            onAccepted: root.submit()
        }

        Flow {
            width: parent.width
            spacing: 10

            SecondaryButton {
                text: qsTr("Read this picture")
                enabled: file.text !== "" && !root.verification.busy
                onClicked: root.submit()
            }

            SecondaryButton {
                iconName: "clipboard"
                text: qsTr("Take it from the clipboard")
                enabled: !root.verification.busy
                onClicked: root.verification.readClipboard()
            }
        }
    }
}
