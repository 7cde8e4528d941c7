// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/event_store.h"

#include "store/cache/rows_p.h"

#include <algorithm>

namespace parvis {

namespace {

constexpr QByteArrayView inRoom = "room = (SELECT id FROM rooms WHERE room_id = ?)";

QByteArray selectEvents(QByteArrayView rest, QByteArrayView columns = eventColumns, QByteArrayView index = {})
{
    QByteArray sql = "SELECT ";
    sql.append(columns).append(" FROM events ").append(index).append(" WHERE ").append(inRoom).append(rest);
    return sql;
}

} // namespace

TimelineRow readRow(const Statement &row)
{
    TimelineRow out;
    out.place = {row.get<qint64>(0), row.get<qint64>(1)};
    Event &event = out.event.event;
    event.id = row.get<EventId>(2);
    event.type = row.get<QString>(3);
    event.stateKey = row.get<std::optional<QString>>(4);
    event.sender = row.get<UserId>(5);
    event.originServerTs = row.get<qint64>(6);
    event.transactionId = row.get<TransactionId>(7);
    event.redacted = row.get<bool>(8);
    event.raw = row.get<QString>(9).toUtf8();
    if (!row.isNull(10))
        out.event.clear = ClearText{.type = row.get<QString>(10),
                                    .content = row.get<QString>(11).toUtf8(),
                                    .shield = row.get<ShieldColour>(12),
                                    .shieldReason = row.get<QString>(13)};
    out.event.reason = row.get<Undecryptable>(14);
    out.event.session = row.get<SessionId>(15);
    out.relType = row.get<QString>(16);
    return out;
}

Result<QList<TimelineRow>> EventStore::newest(const RoomId &room, int limit) const
{
    // A place behind every other.
    return before(room, {std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::max()}, limit);
}

Result<QList<TimelineRow>> EventStore::before(const RoomId &room, TimelinePlace place, int limit) const
{
    const auto gap = gapBefore(room, place);
    if (!gap)
        return tl::unexpected(gap.error());
    const qint64 firstChunk = *gap ? (*gap)->chunk : std::numeric_limits<qint64>::min();
    auto rows = m_database.all(
        selectEvents(" AND (chunk, place) < (?, ?) AND chunk >= ? ORDER BY chunk DESC, place DESC LIMIT ?"),
        readRow, room, place.chunk, place.place, firstChunk, limit);
    if (rows)
        std::reverse(rows->begin(), rows->end());
    return rows;
}

Result<QList<std::pair<TimelinePlace, EventId>>> EventStore::idsFrom(const RoomId &room,
                                                                     TimelinePlace place) const
{
    return m_database.all(
        selectEvents(" AND (chunk, place) >= (?, ?) ORDER BY chunk, place", "chunk, place, event_id"),
        [](const Statement &row) {
            return std::pair(TimelinePlace{row.get<qint64>(0), row.get<qint64>(1)}, row.get<EventId>(2));
        },
        room, place.chunk, place.place);
}

Result<std::optional<Gap>> EventStore::gapBefore(const RoomId &room, TimelinePlace place) const
{
    return m_database.one(
        "SELECT chunk, prev_batch FROM gaps WHERE room = (SELECT id FROM rooms WHERE room_id = ?) AND chunk "
        "<= ?"
        " ORDER BY chunk DESC LIMIT 1",
        [](const Statement &row) {
            return Gap{row.get<qint64>(0), row.get<QString>(1)};
        },
        room, place.chunk);
}

Result<std::optional<Gap>> EventStore::newestGap(const RoomId &room) const
{
    return gapBefore(room, {std::numeric_limits<qint64>::max(), 0});
}

Result<std::optional<TimelineRow>> EventStore::event(const RoomId &room, const EventId &id) const
{
    return m_database.one(selectEvents(" AND event_id = ?"), readRow, room, id);
}

Result<QList<RoomEvent>> EventStore::edits(const RoomId &room, const EventId &target) const
{
    return m_database.all(
        // SQLite would rather read the whole room in its order than sort the few that relate.
        selectEvents(
            " AND rel_target = ? AND rel_target <> '' AND rel_type = 'm.replace' AND redacted = 0 ORDER "
            "BY chunk, place",
            eventColumns, "INDEXED BY events_related"),
        [](const Statement &row) { return readRow(row).event; }, room, target);
}

Result<QList<RoomEvent>> EventStore::annotations(const RoomId &room, const EventId &target, int limit) const
{
    return m_database.all(
        selectEvents(
            " AND rel_target = ? AND rel_target <> '' AND rel_type = 'm.annotation' AND redacted = 0 ORDER "
            "BY chunk, place LIMIT ?",
            eventColumns, "INDEXED BY events_related"),
        [](const Statement &row) { return readRow(row).event; }, room, target, limit);
}

Result<std::optional<EventId>> EventStore::newestInThread(const RoomId &room, const EventId &root) const
{
    return m_database.one(
        selectEvents(
            " AND rel_target = ? AND rel_target <> '' AND rel_type = 'm.thread' AND redacted = 0 ORDER BY "
            "chunk DESC, place DESC LIMIT 1",
            "event_id", "INDEXED BY events_related"),
        [](const Statement &row) { return row.get<EventId>(0); }, room, root);
}

Result<std::optional<RoomEvent>> EventStore::preview(const RoomId &room) const
{
    return m_database.one(
        selectEvents(" AND preview = 1 AND redacted = 0 ORDER BY chunk DESC, place DESC LIMIT 1"),
        [](const Statement &row) { return readRow(row).event; }, room);
}

Result<QList<SessionId>> EventStore::sessionsWaitedFor(const RoomId &room) const
{
    return m_database.all(
        "SELECT DISTINCT session FROM events WHERE room = (SELECT id FROM rooms WHERE room_id = ?)"
        " AND session <> '' AND clear IS NULL AND redacted = 0 AND reason IN (?, ?, ?)",
        [](const Statement &row) { return row.get<SessionId>(0); }, room, Undecryptable::MissingKey,
        Undecryptable::Withheld, Undecryptable::WithheldUntrusted);
}

Result<QList<Event>> EventStore::unreadable(const RoomId &room, const SessionId &session, int limit) const
{
    const auto read = [](const Statement &row) { return readRow(row).event.event; };
    constexpr QByteArrayView index = "INDEXED BY events_unreadable"; // as above
    // The newest first: that is what the person looks at.
    if (session.isEmpty())
        return m_database.all(
            selectEvents(" AND session <> '' AND clear IS NULL AND redacted = 0 ORDER BY chunk "
                         "DESC, place DESC LIMIT ?",
                         eventColumns, index),
            read, room, limit);
    return m_database.all(selectEvents(" AND session = ? AND session <> '' AND clear IS NULL AND redacted = 0"
                                       " ORDER BY chunk DESC, place DESC LIMIT ?",
                                       eventColumns, index),
                          read, room, session, limit);
}

} // namespace parvis
