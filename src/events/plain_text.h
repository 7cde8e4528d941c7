// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// A name or another single line of a stranger, fit to be shown: control, bidirectional and invisible
/// characters are gone, white space is one blank, no more than @p limit code points, at most three marks on
/// one letter.
[[nodiscard]] QString plainLine(QStringView text, qsizetype limit = 255);

/// For searching and sorting: lower case, without accents, ligatures taken apart.
[[nodiscard]] QString foldedForSearch(QStringView text);

} // namespace parvis
