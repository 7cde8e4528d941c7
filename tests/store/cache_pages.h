// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "fakes/event_maker.h"
#include "fakes/temporary_cache.h"

#include <QTest>

#include <algorithm>

namespace parvis {

using namespace Qt::StringLiterals;

inline const RoomId room(u"!r:x"_s);

inline QStringList ids(const QList<TimelineRow> &rows)
{
    QStringList out;
    for (const TimelineRow &row : rows)
        out.append(row.event.event.id.toString());
    return out;
}

/// "$3", "$4", "$5".
inline QStringList numbered(int from, int to)
{
    QStringList out;
    for (int n = from; n <= to; ++n)
        out.append(u"$%1"_s.arg(n));
    return out;
}

/// As a page of history has them.
inline QStringList reversed(QStringList names)
{
    std::reverse(names.begin(), names.end());
    return names;
}

inline RoomChanges live(const QStringList &names, bool limited = false, const QString &prevBatch = {})
{
    RoomChanges changes{.id = room};
    for (const QString &name : names)
        changes.timeline.append(make::stored(make::message(name, u"@b:x"_s, name)));
    changes.limited = limited;
    changes.prevBatch = prevBatch;
    return changes;
}

inline BackfillPage page(qint64 chunk, const QString &from, const QString &end, const QStringList &names)
{
    BackfillPage out{room, chunk, from, end, {}, {}};
    for (const QString &name : names)
        out.events.append(make::stored(make::message(name, u"@b:x"_s, name)));
    return out;
}

/// The room's events in their order.
inline QStringList all(TemporaryCache &cache)
{
    QStringList out;
    const auto rows = cache->events().idsFrom(room, {std::numeric_limits<qint64>::min(), 0});
    for (const auto &[place, id] : *rows)
        out.append(id.toString());
    return out;
}

inline void commit(TemporaryCache &cache, const RoomChanges &changes)
{
    const auto done = cache->commit({.rooms = {changes}});
    QVERIFY2(done, done ? "" : qPrintable(done.error().code + done.error().detail));
}

} // namespace parvis
