// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "made_up_language.h"

#include <QSet>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::bench {

namespace {

constexpr int vocabulary = 60'000;

} // namespace

MadeUpLanguage::MadeUpLanguage()
{
    static const QStringList syllables =
        u"ba be bi bo ca ce ci co da de di do fa fi la le li lo ma me mi mo na "
        "ne ni pa pe po ra re ri ro sa se si so ta ti to va ve vi cho pré é"_s.split(u' ');
    static const QStringList endings = u"  s e er ée és tion eur euse al aux"_s.split(u' ');
    QSet<QString> seen;
    double sum = 0;
    while (m_words.size() < vocabulary) {
        QString word;
        const int parts = 1 + int(number(3)) + (m_words.size() > 200 ? 1 : 0);
        for (int i = 0; i < parts; ++i)
            word += syllables.at(int(number(quint32(syllables.size()))));
        word += endings.at(int(number(quint32(endings.size()))));
        if (seen.contains(word))
            continue;
        seen.insert(word);
        m_words.append(word);
        sum += 1.0 / (double(m_words.size()) + 2.7);
        m_sums.append(sum);
    }
}

QString MadeUpLanguage::sentence()
{
    std::lognormal_distribution<double> length(2.3, 0.7);
    const int count = std::clamp(int(length(m_random)), 1, 200);
    QString out;
    for (int i = 0; i < count; ++i)
        out += (i ? u" "_s : QString()) + next();
    return out;
}

const QString &MadeUpLanguage::next()
{
    const double at = std::uniform_real_distribution<double>(0, m_sums.last())(m_random);
    const auto found = std::lower_bound(m_sums.cbegin(), m_sums.cend(), at);
    return m_words.at(int(found - m_sums.cbegin()));
}

} // namespace parvis::bench
