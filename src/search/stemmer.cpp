// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "search/stemmer.h"

#include "events/plain_text.h"

#include <algorithm>
#include <libstemmer.h>

namespace parvis::search {

namespace {

constexpr qsizetype shortestWord = 4;
constexpr qsizetype shortestStem = 3;
constexpr qsizetype longestStemmed = 40; // longer ones are keys and addresses
constexpr qsizetype maxKnown = 20'000;   // some two megabytes

} // namespace

void Stemmer::Delete::operator()(sb_stemmer *stemmer) const
{
    sb_stemmer_delete(stemmer);
}

Stemmer::Stemmer()
    : m_french(sb_stemmer_new("french", "UTF_8")), m_english(sb_stemmer_new("english", "UTF_8"))
{
    Q_ASSERT(m_french && m_english);
}

Stemmer::~Stemmer() = default;

const QStringList &Stemmer::stemsOf(QStringView word)
{
    static const QStringList none;
    if (word.size() < shortestWord || word.size() > longestStemmed)
        return none;
    const QString lower = word.toString().toLower();
    if (const auto known = m_known.constFind(lower); known != m_known.cend())
        return *known;
    if (m_known.size() >= maxKnown)
        m_known.clear();
    return *m_known.insert(lower, made(lower));
}

QStringList Stemmer::made(const QString &lower) const
{
    if (!std::all_of(lower.begin(), lower.end(), [](QChar c) { return c.isLetter() || c.isMark(); }))
        return {};
    const QString folded = foldedForSearch(lower);
    const QByteArray bytes = lower.normalized(QString::NormalizationForm_C).toUtf8();
    QStringList stems;
    for (sb_stemmer *stemmer : {m_french.get(), m_english.get()}) {
        const auto *stem = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol *>(bytes.constData()),
                                           int(bytes.size()));
        if (!stem)
            continue; // out of memory
        const QString text = foldedForSearch(
            QString::fromUtf8(reinterpret_cast<const char *>(stem), sb_stemmer_length(stemmer)));
        if (text.size() >= shortestStem && text != folded && !stems.contains(text))
            stems.append(text);
    }
    return stems;
}

} // namespace parvis::search
