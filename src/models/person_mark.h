// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// How many grounds the avatar palette has (Theme.avatarGrounds).
inline constexpr int avatarColours = 7;

/// One or two capitals for an avatar: first letters of the first and the last word; "?" where there is none.
[[nodiscard]] QString initials(const QString &name);

/// The same colour for the same id on every device and in every version: 0 to avatarColours - 1.
[[nodiscard]] int avatarColour(const QString &id);

} // namespace parvis
