// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "search/snippet.h"

#include "events/plain_text.h"
#include "search/words.h"

#include <algorithm>
#include <limits>
#include <optional>

using namespace Qt::StringLiterals;

namespace parvis::search {

namespace {

constexpr qsizetype lead = 40; // characters before the first hit
constexpr qsizetype longest = 160;

/// The words of a line, each stemmed once at most: a query has many words, and a text more.
class Line
{
public:
    Line(QStringView text, Stemmer &stemmer)
        : m_text(text), m_stemmer(stemmer), m_words(wordsOf(text)), m_stems(m_words.size())
    {
    }

    [[nodiscard]] const QList<Word> &words() const { return m_words; }
    [[nodiscard]] bool isAsked(qsizetype at, const Query::Term &term, qsizetype place)
    {
        const Word &word = m_words.at(at);
        const QString &asked = term.words.at(place);
        const bool mayGoOn = term.prefix && place + 1 == term.words.size();
        if (word.folded == asked || (mayGoOn && word.folded.startsWith(asked)))
            return true;
        if (term.words.size() > 1)
            return false;
        const QStringList &stems = stemsOf(at);
        const auto same = [&](const QString &stem) { return stem == word.folded || stems.contains(stem); };
        return stems.contains(asked) || std::any_of(term.stems.cbegin(), term.stems.cend(), same);
    }

private:
    const QStringList &stemsOf(qsizetype at)
    {
        auto &stems = m_stems[at];
        if (!stems)
            stems = m_stemmer.stemsOf(m_text.sliced(m_words.at(at).from, m_words.at(at).length));
        return *stems;
    }

    QStringView m_text;
    Stemmer &m_stemmer;
    QList<Word> m_words;
    QList<std::optional<QStringList>> m_stems;
};

/// Which words of the line are what was looked for; behind the stretch that is shown, nobody looks.
QList<bool> askedWords(Line &line, const Query &query)
{
    const QList<Word> &words = line.words();
    QList<bool> asked(words.size(), false);
    qsizetype end = std::numeric_limits<qsizetype>::max();
    for (qsizetype at = 0; at < words.size() && words.at(at).from <= end; ++at) {
        for (const Query::Term &term : query.terms) {
            if (term.without || at + term.words.size() > words.size())
                continue;
            qsizetype met = 0;
            while (met < term.words.size() && line.isAsked(at + met, term, met))
                ++met;
            if (met < term.words.size())
                continue;
            std::fill_n(asked.begin() + at, met, true);
            end = std::min(end, words.at(at).from + longest);
        }
    }
    return asked;
}

} // namespace

Snippet snippetOf(QStringView text, const Query &query, Stemmer &stemmer)
{
    const QString line = plainLine(text, text.size());
    Line found(line, stemmer);
    const QList<Word> &words = found.words();
    const QList<bool> asked = askedWords(found, query);
    const qsizetype first = std::max<qsizetype>(asked.indexOf(true), 0);
    qsizetype from = 0;
    if (!words.isEmpty() && words.at(first).from > lead) {
        qsizetype begin = first;
        while (begin > 0 && words.at(first).from - words.at(begin - 1).from <= lead)
            --begin;
        from = words.at(begin).from;
    }
    qsizetype end = std::min(line.size(), from + longest);
    if (end < line.size() && line.at(end).isLowSurrogate())
        --end;
    Snippet out;
    const QString left = from > 0 ? u"…"_s : QString();
    out.text = left + line.sliced(from, end - from);
    if (end < line.size())
        out.text += u'…';
    for (qsizetype i = 0; i < words.size(); ++i) {
        const Word &word = words.at(i);
        if (asked.at(i) && word.from >= from && word.from + word.length <= end)
            out.highlights.append({word.from - from + left.size(), word.length});
    }
    return out;
}

} // namespace parvis::search
