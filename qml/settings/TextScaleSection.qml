// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// How large the text is; everything around it follows.
SettingsSection {
    id: root

    required property SettingsModel settings

    title: qsTr("Size of the text")
    iconName: "case-sensitive"
    locked: root.settings.textScaleLocked

    Row {
        width: parent.width
        leftPadding: Theme.gap8
        spacing: Theme.gap16

        TextScaleSlider {
            id: slider

            width: Math.min(320, parent.width - value.width - 40)
            label: root.title
            valueText: value.text
            from: root.settings.minTextScale
            to: root.settings.maxTextScale
            stepSize: 10
            value: root.settings.textScale
            enabled: !root.locked
            // By steps and not while it is dragged: the page would move under the pointer.
            onPressedChanged: if (!pressed)
                root.settings.textScale = slider.value
            onMoved: if (!pressed)
                root.settings.textScale = slider.value
        }

        StyledText {
            id: value

            anchors.verticalCenter: parent.verticalCenter
            //: A percentage
            text: qsTr("%1%").arg(Math.round(slider.value))
            color: Theme.colour.text2
            Accessible.ignored: true
        }
    }
}
