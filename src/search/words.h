// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QList>
#include <QString>

namespace parvis::search {

/// A word of a text.
struct Word {
    qsizetype from = 0;   ///< in the text, UTF-16 units
    qsizetype length = 0; ///< the same
    QString folded{};     ///< lower case, without accents, ligatures taken apart; letters and digits only
};

/// The words of @p text in their order. What is neither letter nor digit divides them, an apostrophe as well;
/// in scripts that are written without blanks each character is a word. Nothing is left out; a word of more
/// than 64 letters is cut there.
[[nodiscard]] QList<Word> wordsOf(QStringView text);

} // namespace parvis::search
