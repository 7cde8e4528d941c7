// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "search/stemmer.h"

#include <QByteArray>

namespace parvis::search {

/// What the person typed, as search understands it.
struct Query {
    struct Term {
        QStringList words{}; ///< folded; more than one: a phrase
        QStringList stems{}; ///< of a single word
        bool prefix = false; ///< the last word may go on
        bool without = false;
    };
    QList<Term> terms; ///< all of them must be met

    /// Nothing is left to look for: only signs, or only what must not be there.
    [[nodiscard]] bool isEmpty() const;
    /// An FTS5 expression over the columns words and stems; empty with isEmpty().
    [[nodiscard]] QByteArray match() const;
};

/// "several words" in quotation marks, of any kind, are a phrase; what follows a minus must not be there; a
/// word with an asterisk, and the last one as it is being typed, may go on. Everything else are words, found
/// in their other forms too. The first thousand characters count, and of them 32
/// words.
[[nodiscard]] Query queryOf(QStringView typed, Stemmer &stemmer);

} // namespace parvis::search
