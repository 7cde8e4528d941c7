// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick

/// Makes the titles of sections. In a file of its own: in Qt 6.4 a list makes no section from a bound component, and
/// a title that it uses again learns its section from the context alone, never from a required property.
QtObject {
    readonly property Component title: SectionTitle {
        width: parent?.width ?? 0
        // qmllint disable unqualified
        text: section
        // qmllint enable unqualified
    }
}
