// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"
#include "crypto/room_settings_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qint64 shortestPeriodMs = 3'600'000;
constexpr qint64 longestPeriodMs = 366LL * 24 * 3'600'000;
constexpr qint64 mostMessages = 10'000;

/// Anything but an integer is as if it were not there.
qint64 bounded(const RawObject &content, const QString &name, qint64 fallback, qint64 low, qint64 high)
{
    return std::clamp(content.integer(name).value_or(fallback), low, high);
}

} // namespace

EncryptionUpdate applyEncryptionEvent(RoomEncryptionRecord record, const QByteArray &content)
{
    const RawObject object = RawObject::parse(content).value_or(RawObject());
    const RoomEncryptionRecord defaults;
    const QString algorithm = object.text(u"algorithm"_s).left(255);
    const bool supported = algorithm == QLatin1StringView(megolmAlgorithm);
    const qint64 period = bounded(object, u"rotation_period_ms"_s, defaults.rotationPeriodMs,
                                  shortestPeriodMs, longestPeriodMs);
    const qint64 messages =
        bounded(object, u"rotation_period_msgs"_s, defaults.rotationMessages, 1, mostMessages);
    if (!record.encrypted || (!record.supported && supported)) {
        record.encrypted = true;
        record.supported = supported;
        record.algorithm = algorithm;
        record.rotationPeriodMs = period;
        record.rotationMessages = messages;
        return {record, false};
    }
    if (!supported)
        return {record, record.supported};
    const bool looser = period > record.rotationPeriodMs || messages > record.rotationMessages;
    record.rotationPeriodMs = std::min(record.rotationPeriodMs, period);
    record.rotationMessages = std::min(record.rotationMessages, messages);
    return {record, looser};
}

} // namespace parvis::crypto
