// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis::notify {

/// Whether the whole of @p value is what @p pattern says: * for anything, ? for one character, everything
/// else for itself in either case. An empty pattern matches nothing. Takes time in proportion to both
/// lengths, whatever they are.
[[nodiscard]] bool matchesWhole(QStringView pattern, QStringView value);

/// Whether a part of @p value that begins and ends at the border of a word is what @p pattern says. Words are
/// of ASCII letters, digits and the low line, as the specification has it.
[[nodiscard]] bool matchesWords(QStringView pattern, QStringView value);

} // namespace parvis::notify
