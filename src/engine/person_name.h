// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// A display name in the form that administrations use: "Claire Moreau [Préfecture du Rhône]".
struct PersonName {
    QString name;
    QString organisation; ///< empty: none is named

    bool operator==(const PersonName &) const = default;
};

/// Takes the organisation out of the brackets at the end; without brackets everything is the name.
[[nodiscard]] PersonName splitPersonName(const QString &displayName);

} // namespace parvis
