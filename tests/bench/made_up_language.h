// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QList>
#include <QString>

#include <random>

namespace parvis::bench {

/// Words as frequent as those of a language are: the n-th a little less than the one before. The same in
/// every run.
class MadeUpLanguage
{
public:
    MadeUpLanguage();

    /// From the most frequent one on.
    [[nodiscard]] const QString &word(int rank) const { return m_words.at(rank); }
    [[nodiscard]] QString sentence();
    [[nodiscard]] quint32 number(quint32 below) { return quint32(m_random()) % below; }

private:
    [[nodiscard]] const QString &next();

    std::mt19937 m_random{1}; // NOLINT(cert-msc51-cpp): the same words in every run
    QList<QString> m_words;
    QList<double> m_sums;
};

} // namespace parvis::bench
