// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "net/retry.h"

#include <QDateTime>
#include <QLocale>
#include <QRandomGenerator>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::retry {

int delayMs(int attempt, const Error &error, double chance)
{
    // 2^7 * 0.5 s is over a minute already; more would only overflow.
    const int doublings = std::clamp(attempt - 1, 0, 7);
    const int whole = std::min(firstDelayMs << doublings, longestDelayMs);
    const int own = whole / 2 + int(double(whole - whole / 2) * std::clamp(chance, 0.0, 1.0));
    if (error.retryAfterMs <= 0)
        return own;
    // Those who were sent away together should not come back together.
    const int named = std::min(error.retryAfterMs, longestServerDelayMs);
    return named + int(double(std::min(named / 10, 1000)) * std::clamp(chance, 0.0, 1.0));
}

int delayMs(int attempt, const Error &error)
{
    return delayMs(attempt, error, QRandomGenerator::global()->generateDouble());
}

std::optional<qint64> parseHttpDate(QByteArrayView value)
{
    const QString text = QString::fromLatin1(value.trimmed());
    const QDateTime date = QLocale::c().toDateTime(text, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return {};
    return QDateTime(date.date(), date.time(), QTimeZone::utc()).toMSecsSinceEpoch();
}

std::optional<int> parseRetryAfter(QByteArrayView value, qint64 nowMs)
{
    qint64 ms = 0;
    bool whole = false;
    const qint64 seconds = value.trimmed().toLongLong(&whole);
    if (whole) {
        if (seconds < 0)
            return {};
        ms = std::min<qint64>(seconds, longestServerDelayMs / 1000) * 1000;
    } else {
        const auto date = parseHttpDate(value);
        if (!date)
            return {};
        ms = *date - nowMs;
    }
    return int(std::clamp<qint64>(ms, 0, longestServerDelayMs));
}

} // namespace parvis::retry
