// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "search/query.h"

#include "search/words.h"

using namespace Qt::StringLiterals;

#include <algorithm>

namespace parvis::search {

namespace {

constexpr qsizetype longestText = 1000;
constexpr qsizetype maxWords = 32;
constexpr qsizetype shortestPrefix = 2; // of one letter, half of all there is begins with

bool opensPhrase(QChar c)
{
    return c == u'"' || c == u'«' || c == u'“' || c == u'„';
}

bool closesPhrase(QChar c)
{
    return c == u'"' || c == u'»' || c == u'”' || c == u'“';
}

QByteArray quoted(const QString &column, const QString &words)
{
    // Folded words hold letters and digits alone: nothing in them could end the quotation.
    return (column + u" : \""_s + words + u'"').toUtf8();
}

QByteArray matchOf(const Query::Term &term)
{
    QByteArray words = quoted(u"words"_s, term.words.join(u' '));
    if (term.prefix)
        words += " *";
    if (term.words.size() > 1)
        return words;
    QList<QByteArray> either{words, quoted(u"stems"_s, term.words.first())};
    for (const QString &stem : term.stems)
        either += {quoted(u"words"_s, stem), quoted(u"stems"_s, stem)};
    return '(' + either.join(" OR ") + ')';
}

/// Takes the query apart, from left to right.
class Reader
{
public:
    Reader(QStringView typed, Stemmer &stemmer) : m_typed(typed.left(longestText)), m_stemmer(stemmer) {}

    Query read()
    {
        while (m_at < m_typed.size() && m_words < maxWords)
            next();
        return std::move(m_query);
    }

private:
    void next()
    {
        if (m_typed.at(m_at).isSpace()) {
            ++m_at;
            return;
        }
        const bool without = m_typed.at(m_at) == u'-';
        if (without)
            ++m_at;
        if (m_at < m_typed.size() && opensPhrase(m_typed.at(m_at)))
            phrase(without);
        else
            words(without);
    }

    void phrase(bool without)
    {
        const qsizetype from = ++m_at;
        while (m_at < m_typed.size() && !closesPhrase(m_typed.at(m_at)))
            ++m_at;
        Query::Term term{.without = without};
        for (const Word &word : taken(wordsOf(m_typed.sliced(from, m_at - from))))
            term.words.append(word.folded);
        term.prefix = m_at == m_typed.size() && goesOn(term);
        ++m_at;
        if (!term.words.isEmpty())
            m_query.terms.append(term);
    }

    /// Up to the next blank: that may be several words, as in l’État.
    void words(bool without)
    {
        const qsizetype from = m_at;
        while (m_at < m_typed.size() && !m_typed.at(m_at).isSpace() && !opensPhrase(m_typed.at(m_at)))
            ++m_at;
        const QStringView piece = m_typed.sliced(from, m_at - from);
        const QList<Word> found = taken(wordsOf(piece));
        for (const Word &word : found) {
            Query::Term term{.words = {word.folded},
                             .stems = m_stemmer.stemsOf(piece.sliced(word.from, word.length)),
                             .without = without};
            const qsizetype end = word.from + word.length;
            const bool starred = end < piece.size() && piece.at(end) == u'*';
            const bool last = m_at == m_typed.size() && end == piece.size();
            term.prefix = (starred || last) && !without && goesOn(term);
            m_query.terms.append(term);
        }
    }

    /// As many of them as still count.
    QList<Word> taken(const QList<Word> &words)
    {
        const QList<Word> some = words.first(std::min(words.size(), maxWords - m_words));
        m_words += some.size();
        return some;
    }

    static bool goesOn(const Query::Term &term)
    {
        return !term.words.isEmpty() && (term.words.size() > 1 || term.words.last().size() >= shortestPrefix);
    }

    QStringView m_typed;
    Stemmer &m_stemmer;
    qsizetype m_at = 0;
    qsizetype m_words = 0;
    Query m_query;
};

} // namespace

bool Query::isEmpty() const
{
    return std::all_of(terms.cbegin(), terms.cend(), [](const Term &term) { return term.without; });
}

QByteArray Query::match() const
{
    if (isEmpty())
        return {};
    QList<QByteArray> wanted, unwanted;
    for (const Term &term : terms)
        (term.without ? unwanted : wanted).append(matchOf(term));
    QByteArray out = '(' + wanted.join(" AND ") + ')';
    for (const QByteArray &term : std::as_const(unwanted))
        out += " NOT " + term;
    return out;
}

Query queryOf(QStringView typed, Stemmer &stemmer)
{
    return Reader(typed, stemmer).read();
}

} // namespace parvis::search
