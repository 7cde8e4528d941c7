// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/date_texts.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// The end of the year 9999: later times come from broken clocks or bad intentions.
constexpr qint64 latest = 253402300799999;

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

DateTexts::DateTexts(const QLocale &locale, qint64 nowMs, const QTimeZone &zone)
    : m_locale(locale), m_zone(zone.isValid() ? zone : QTimeZone::utc())
{
    m_today = date(nowMs);
}

QDateTime DateTexts::moment(qint64 ms) const
{
    return ms > 0 && ms <= latest ? QDateTime::fromMSecsSinceEpoch(ms, m_zone) : QDateTime();
}

QDate DateTexts::date(qint64 ms) const
{
    return moment(ms).date();
}

QString DateTexts::time(qint64 ms) const
{
    const auto when = moment(ms);
    //: A time of day, as a pattern of Qt
    return when.isValid() ? m_locale.toString(when.time(), tr("HH:mm")) : QString();
}

QString DateTexts::day(qint64 ms) const
{
    const auto when = date(ms);
    if (!when.isValid())
        return {};
    const auto daysAgo = when.daysTo(m_today);
    if (daysAgo == 0)
        return tr("Today");
    if (daysAgo == 1)
        return tr("Yesterday");
    return capitalised(dayWithin(ms));
}

QString DateTexts::dayWithin(qint64 ms) const
{
    const auto when = date(ms);
    if (!when.isValid())
        return {};
    const auto daysAgo = when.daysTo(m_today);
    if (daysAgo == 0)
        return tr("today", "inside a sentence");
    if (daysAgo == 1)
        return tr("yesterday", "inside a sentence");
    //: A day of this year, as a pattern of Qt
    const auto thisYear = tr("dddd d MMMM");
    //: A day of another year, as a pattern of Qt
    const auto otherYear = tr("dddd d MMMM yyyy");
    return m_locale.toString(when, when.year() == m_today.year() ? thisYear : otherYear);
}

QString DateTexts::shortest(qint64 ms) const
{
    const auto when = date(ms);
    if (!when.isValid())
        return {};
    const auto daysAgo = when.daysTo(m_today);
    if (daysAgo == 0)
        return time(ms);
    if (daysAgo == 1)
        //: In a narrow column, in the place of a time
        return tr("yesterday");
    if (daysAgo > 1 && daysAgo < 7)
        return m_locale.toString(when, u"ddd"_s);
    //: A day in a narrow column, as a pattern of Qt
    return m_locale.toString(when, when.year() == m_today.year() ? tr("d MMM") : tr("dd/MM/yy"));
}

QString DateTexts::fullWithin(qint64 ms) const
{
    //: Inside a sentence. 1: a day ("today", "Thursday 19 November"), 2: a time
    return date(ms).isValid() ? tr("%1, %2", "inside a sentence").arg(dayWithin(ms), time(ms)) : QString();
}

QString DateTexts::full(qint64 ms) const
{
    //: 1: a day ("Today", "Thursday 19 November"), 2: a time
    return date(ms).isValid() ? tr("%1, %2").arg(day(ms), time(ms)) : QString();
}

} // namespace parvis
