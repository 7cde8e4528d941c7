// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "search/query.h"

namespace parvis::search {

/// A stretch of a text.
struct Highlight {
    qsizetype from = 0; ///< UTF-16 units
    qsizetype length = 0;

    bool operator==(const Highlight &) const = default;
};

/// One line of a message that was found, and what in it was looked for.
struct Snippet {
    QString text; ///< at most some 160 characters, fit to be shown; an ellipsis where something is left out
    QList<Highlight> highlights{}; ///< in text, in their order

    bool operator==(const Snippet &) const = default;
};

/// The part of @p text where what @p query looks for stands first.
[[nodiscard]] Snippet snippetOf(QStringView text, const Query &query, Stemmer &stemmer);

} // namespace parvis::search
