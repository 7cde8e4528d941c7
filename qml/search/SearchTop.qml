// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import Parvis.Controls
import Parvis.Models
import Parvis.Theme

/// What is looked for, where, and of which kind.
FocusScope {
    id: root

    required property SearchModel search
    required property string roomName

    signal closeWanted()
    signal hitsWanted()

    function begin() {
        entry.forceActiveFocus(Qt.ShortcutFocusReason)
        entry.selectAll()
    }

    implicitHeight: column.height
    height: implicitHeight

    Column {
        id: column

        width: parent.width
        topPadding: Theme.gap12
        bottomPadding: Theme.gap8
        spacing: Theme.gap12

        Item {
            width: parent.width
            height: Math.max(Theme.control, heading.height)

            StyledText {
                id: heading

                width: parent.width - close.width
                anchors.verticalCenter: parent.verticalCenter
                font.pixelSize: Theme.message.pixelSize
                font.weight: Font.DemiBold
                text: qsTr("Search in messages")
                Accessible.role: Accessible.Heading
            }

            IconButton {
                id: close

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                iconName: "x"
                text: qsTr("Close the search")
                onClicked: root.closeWanted()
            }
        }

        SearchEntry {
            id: entry

            width: parent.width
            focus: true
            label: qsTr("Words, or a “phrase”")
            text: root.search.text
            onTextEdited: root.search.text = text
            // Escape and the model empty it as well.
            onTextChanged: if (text === "")
                root.search.text = ""
            onAccepted: root.hitsWanted()
            Keys.onDownPressed: root.hitsWanted()
        }

        SearchPills {
            width: parent.width
            visible: root.roomName !== ""
            name: qsTr("Where")
            texts: [qsTr("This conversation"), qsTr("All conversations")]
            chosen: root.search.everywhere ? 1 : 0
            onWished: at => root.search.everywhere = at === 1
        }

        SearchPills {
            width: parent.width
            name: qsTr("What")
            texts: [qsTr("Anything"), qsTr("Files"), qsTr("Images"), qsTr("Links")]
            chosen: root.search.kind === SearchModel.File ? 1 : root.search.kind === SearchModel.Image ? 2 : root.search.kind === SearchModel.Link ? 3 : 0
            onWished: at => root.search.kind = [SearchModel.Anything, SearchModel.File, SearchModel.Image, SearchModel.Link][at]
        }

        SearchPills {
            width: parent.width
            visible: root.search.text !== ""
            name: qsTr("Order")
            texts: [qsTr("Newest first"), qsTr("Best matches first")]
            chosen: root.search.best ? 1 : 0
            onWished: at => root.search.best = at === 1
        }

        StyledText {
            width: parent.width
            visible: text !== ""
            step: Theme.small
            text: root.search.foundText
            color: Theme.colour.text2
            Accessible.ignored: text === ""
        }
    }
}
