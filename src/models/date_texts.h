// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QCoreApplication>
#include <QDate>
#include <QLocale>
#include <QTimeZone>

namespace parvis {

/// Times and days as a person reads them, for one language and one "today".
class DateTexts
{
    Q_DECLARE_TR_FUNCTIONS(parvis::DateTexts)

public:
    DateTexts() = default;
    DateTexts(const QLocale &locale, qint64 nowMs, const QTimeZone &zone = QTimeZone::systemTimeZone());

    [[nodiscard]] QString time(qint64 ms) const;       ///< "13:52"
    [[nodiscard]] QString day(qint64 ms) const;        ///< "Today", "Thursday 19 November"
    [[nodiscard]] QString dayWithin(qint64 ms) const;  ///< the same inside a sentence: "today"
    [[nodiscard]] QString shortest(qint64 ms) const;   ///< for the room list: a time, a weekday or a date
    [[nodiscard]] QString fullWithin(qint64 ms) const; ///< the next one inside a sentence
    [[nodiscard]] QString full(qint64 ms) const;       ///< day and time, for tips and screen readers

    [[nodiscard]] QDate date(qint64 ms) const; ///< invalid where the time makes no sense
    [[nodiscard]] const QLocale &locale() const { return m_locale; }

private:
    [[nodiscard]] QDateTime moment(qint64 ms) const;

    QLocale m_locale;
    QTimeZone m_zone = QTimeZone::utc();
    QDate m_today;
};

} // namespace parvis
