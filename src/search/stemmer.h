// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <memory>

struct sb_stemmer;

namespace parvis::search {

/// The stems of French and English words: a text does not say its language, and officials write both. Any
/// thread, one at a time.
class Stemmer
{
public:
    Stemmer();
    ~Stemmer();
    Stemmer(const Stemmer &) = delete;
    Stemmer &operator=(const Stemmer &) = delete;

    /// The stems that @p word, as it is written, has in either language, folded as the words of the index
    /// are. Without those that are the folded word itself, or too short to say anything.
    [[nodiscard]] const QStringList &stemsOf(QStringView word);

private:
    struct Delete {
        void operator()(sb_stemmer *stemmer) const;
    };
    using Snowball = std::unique_ptr<sb_stemmer, Delete>;

    [[nodiscard]] QStringList made(const QString &lower) const;

    Snowball m_french, m_english;
    QHash<QString, QStringList> m_known; ///< by the word in lower case: few words are most of every text
};

} // namespace parvis::search
