// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/event_store.h"

#include "store/cache/rows_p.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <iterator>

namespace parvis {

namespace {

constexpr QByteArrayView inRoom = "room = (SELECT id FROM rooms WHERE room_id = ?)";

QByteArray selectEvents(QByteArrayView rest, QByteArrayView columns = eventColumns, QByteArrayView index = {})
{
    QByteArray sql = "SELECT ";
    sql.append(columns).append(" FROM events ").append(index).append(" WHERE ").append(inRoom).append(rest);
    return sql;
}

/// The holes that one does not read across.
QByteArray fromGaps(QByteArrayView rest, QByteArrayView columns)
{
    QByteArray sql = "SELECT ";
    sql.append(columns).append(" FROM gaps WHERE ").append(inRoom).append(" AND ").append(endsAStretch);
    return sql.append(rest);
}

/// What refers to an event with m.reference, the rows of each sender numbered in @p order.
QByteArray ofSenders(QByteArrayView order, QByteArrayView which, QByteArrayView nth)
{
    QByteArray sql = "SELECT ";
    sql.append(eventColumns)
        .append(
            " FROM events WHERE id IN (SELECT id FROM (SELECT id, ts, row_number() OVER (PARTITION BY sender"
            " ORDER BY ")
        .append(order)
        .append(") AS nth FROM events INDEXED BY events_related WHERE ")
        .append(inRoom)
        .append(" AND rel_target = ? AND rel_target <> '' AND rel_type = 'm.reference' AND redacted = 0 AND ")
        .append(which)
        .append(") WHERE ")
        .append(nth)
        .append(')');
    return sql;
}

/// An island ends at its own edges; the rest is one order.
qint64 firstChunkOf(TimelinePlace place)
{
    return place.isOnIsland() ? place.chunk : 0;
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
    else
        out.sentInClear = row.get<ShieldColour>(12) == ShieldColour::Red;
    out.event.reason = row.get<Undecryptable>(14);
    out.event.session = row.get<SessionId>(15);
    out.relType = row.get<QString>(16);
    return out;
}

Result<QList<TimelineRow>> EventStore::newest(const RoomId &room, int limit) const
{
    return before(room, theEnd, limit);
}

Result<QList<TimelineRow>> EventStore::before(const RoomId &room, TimelinePlace place, int limit) const
{
    const auto gap = gapBefore(room, place);
    if (!gap)
        return tl::unexpected(gap.error());
    const qint64 firstChunk = *gap ? (*gap)->chunk : firstChunkOf(place);
    auto rows = m_database.all(
        selectEvents(" AND (chunk, place) < (?, ?) AND chunk >= ? ORDER BY chunk DESC, place DESC LIMIT ?"),
        readRow, room, place.chunk, place.place, firstChunk, limit);
    if (rows)
        std::reverse(rows->begin(), rows->end());
    return rows;
}

Result<QList<std::pair<TimelinePlace, EventId>>> EventStore::idsFrom(const RoomId &room, TimelinePlace place,
                                                                     TimelinePlace last, qint64 limit) const
{
    return m_database.all(
        selectEvents(" AND (chunk, place) >= (?, ?) AND (chunk, place) <= (?, ?) ORDER BY chunk, place"
                     " LIMIT ?",
                     "chunk, place, event_id"),
        [](const Statement &row) {
            return std::pair(TimelinePlace{row.get<qint64>(0), row.get<qint64>(1)}, row.get<EventId>(2));
        },
        room, place.chunk, place.place, last.chunk, last.place, limit);
}

Result<QList<TimelineRow>> EventStore::after(const RoomId &room, TimelinePlace place, int limit) const
{
    const auto end = stretchEnd(room, place);
    if (!end)
        return tl::unexpected(end.error());
    return m_database.all(
        selectEvents(
            " AND (chunk, place) > (?, ?) AND (chunk, place) < (?, ?) ORDER BY chunk, place LIMIT ?"),
        readRow, room, place.chunk, place.place, end->chunk, end->place, limit);
}

Result<std::optional<TimelinePlace>> EventStore::placeOf(const RoomId &room, const EventId &id) const
{
    const auto place = [](const Statement &row) {
        return TimelinePlace{row.get<qint64>(0), row.get<qint64>(1)};
    };
    return m_database.one(selectEvents(" AND event_id = ?", "chunk, place"), place, room, id);
}

Result<std::optional<EventStore::Standing>> EventStore::standingOf(const RoomId &room,
                                                                   const EventId &id) const
{
    return m_database.one(
        selectEvents(" AND event_id = ?", "chunk, place, attention, redacted"),
        [](const Statement &row) {
            return Standing{
                {row.get<qint64>(0), row.get<qint64>(1)}, row.get<Attention>(2), row.get<bool>(3)};
        },
        room, id);
}

Result<TimelinePlace> EventStore::stretchEnd(const RoomId &room, TimelinePlace place) const
{
    constexpr qint64 least = std::numeric_limits<qint64>::min();
    if (place.isOnIsland())
        return TimelinePlace{place.chunk + 1, least};
    const auto next = m_database.one(
        fromGaps(" AND chunk > ? ORDER BY chunk LIMIT 1", "chunk"),
        [](const Statement &row) { return row.get<qint64>(0); }, room, place.chunk);
    if (!next)
        return tl::unexpected(next.error());
    return *next ? TimelinePlace{**next, least} : theEnd;
}

Result<EventStore::IslandState> EventStore::islandState(const RoomId &room, qint64 chunk) const
{
    const auto gap = m_database.one(
        "SELECT in_clear FROM gaps WHERE room = (SELECT id FROM rooms WHERE room_id = ?) AND chunk = ?",
        [](const Statement &row) { return row.get<bool>(0); }, room, chunk);
    const auto encryption = m_database.one(
        selectEvents(
            " AND chunk = ? AND type = 'm.room.encryption' AND state_key = '' ORDER BY place LIMIT 1",
            "chunk, place"),
        [](const Statement &row) {
            return TimelinePlace{row.get<qint64>(0), row.get<qint64>(1)};
        },
        room, chunk);
    if (!gap || !encryption)
        return tl::unexpected(!gap ? gap.error() : encryption.error());
    // Without a gap it begins with the room.
    return IslandState{.inClear = gap->value_or(true), .encryption = *encryption};
}

Result<std::optional<Gap>> EventStore::gapBefore(const RoomId &room, TimelinePlace place) const
{
    return m_database.one(
        fromGaps(" AND chunk BETWEEN ? AND ? ORDER BY chunk DESC LIMIT 1", "chunk, prev_batch, cut"),
        [](const Statement &row) {
            return Gap{row.get<qint64>(0), row.get<QString>(1), row.get<bool>(2)};
        },
        room, firstChunkOf(place), place.chunk);
}

Result<std::optional<Gap>> EventStore::holeBefore(const RoomId &room, TimelinePlace place) const
{
    QByteArray sql = "SELECT chunk, prev_batch, cut FROM gaps WHERE ";
    sql.append(inRoom).append(" AND chunk BETWEEN ? AND ? AND NOT ").append(endsAStretch);
    sql.append(" ORDER BY endings >= 3, chunk DESC LIMIT 1");
    return m_database.one(
        sql,
        [](const Statement &row) {
            return Gap{row.get<qint64>(0), row.get<QString>(1), row.get<bool>(2)};
        },
        room, firstChunkOf(place), place.chunk);
}

Result<std::optional<Gap>> EventStore::gapAt(const RoomId &room, qint64 chunk) const
{
    return m_database.one(
        "SELECT chunk, prev_batch, cut FROM gaps WHERE room = (SELECT id FROM rooms WHERE room_id = ?)"
        " AND chunk = ?",
        [](const Statement &row) {
            return Gap{row.get<qint64>(0), row.get<QString>(1), row.get<bool>(2)};
        },
        room, chunk);
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
    auto rows = m_database.all(
        // SQLite would rather read the whole room in its order than sort the few that relate.
        selectEvents(
            " AND rel_target = ?2 AND rel_target <> '' AND rel_type = 'm.replace' AND redacted = 0"
            " AND sender = (SELECT sender FROM events WHERE room = (SELECT id FROM rooms WHERE room_id = ?1)"
            " AND event_id = ?2) ORDER BY ts DESC, event_id DESC LIMIT ?3",
            eventColumns, "INDEXED BY events_related"),
        [](const Statement &row) { return readRow(row).event; }, room, target, mostEdits);
    if (rows)
        std::reverse(rows->begin(), rows->end());
    return rows;
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

Result<QList<RoomEvent>> EventStore::references(const RoomId &room, const EventId &target, qint64 until,
                                                int ofEach, int limit) const
{
    // Whoever says much takes nobody else's place.
    return m_database.all(
        ofSenders("ts DESC, event_id DESC", "ts <= ?", "nth <= ? ORDER BY ts DESC LIMIT ?"),
        [](const Statement &row) { return readRow(row).event; }, room, target, until, ofEach, limit);
}

Result<QList<RoomEvent>> EventStore::firstReferences(const RoomId &room, const EventId &target,
                                                     const QStringList &types, int limit) const
{
    const QByteArray list = QJsonDocument(QJsonArray::fromStringList(types)).toJson(QJsonDocument::Compact);
    return m_database.all(
        ofSenders("ts, event_id", "coalesce(clear_type, type) IN (SELECT value FROM json_each(?))",
                  "nth = 1 ORDER BY ts LIMIT ?"),
        [](const Statement &row) { return readRow(row).event; }, room, target, QString::fromUtf8(list),
        limit);
}

Result<std::optional<EventId>> EventStore::newestInThread(const RoomId &room, const EventId &root) const
{
    const auto newest = [&](QByteArrayView which) {
        QByteArray rest =
            " AND rel_target = ? AND rel_target <> '' AND rel_type = 'm.thread' AND redacted = 0";
        rest.append(which).append(" LIMIT 1");
        return m_database.one(
            selectEvents(rest, "event_id, ts", "INDEXED BY events_related"),
            [](const Statement &row) {
                return InThread{.place = {}, .id = row.get<EventId>(0), .ts = row.get<qint64>(1)};
            },
            room, root);
    };
    const auto placed = newest(" AND chunk >= 0 ORDER BY chunk DESC, place DESC");
    const auto unplaced = newest(" AND chunk < 0 ORDER BY ts DESC");
    if (!placed || !unplaced)
        return tl::unexpected(!placed ? placed.error() : unplaced.error());
    if (!*placed && !*unplaced)
        return std::optional<EventId>();
    const bool first = *placed && (!*unplaced || (*placed)->ts >= (*unplaced)->ts);
    return std::optional(first ? (*placed)->id : (*unplaced)->id);
}

Result<QList<EventStore::InThread>> EventStore::inThread(const RoomId &room, const EventId &root,
                                                         int limit) const
{
    auto rows = m_database.all(
        selectEvents(" AND rel_target = ? AND rel_target <> '' AND rel_type = 'm.thread' ORDER BY chunk DESC,"
                     " place DESC LIMIT ?",
                     "chunk, place, event_id, ts", "INDEXED BY events_related"),
        [](const Statement &row) {
            return InThread{
                {row.get<qint64>(0), row.get<qint64>(1)}, row.get<EventId>(2), row.get<qint64>(3)};
        },
        room, root, limit);
    if (!rows)
        return rows;
    std::reverse(rows->begin(), rows->end());
    const auto placed =
        std::find_if(rows->begin(), rows->end(), [](const InThread &one) { return !one.place.isOnIsland(); });
    std::stable_sort(rows->begin(), placed,
                     [](const InThread &one, const InThread &other) { return one.ts < other.ts; });
    // What has a place keeps its order; from the newest on, for a time that is far in the future is nothing
    // but its sender's word, and must not hold the others back.
    QList<InThread> merged;
    merged.reserve(rows->size());
    auto unplaced = placed;
    for (auto it = rows->end(); it != placed;) {
        --it;
        for (; unplaced != rows->begin() && std::prev(unplaced)->ts > it->ts; --unplaced)
            merged.append(*std::prev(unplaced));
        merged.append(*it);
    }
    while (unplaced != rows->begin())
        merged.append(*--unplaced);
    std::reverse(merged.begin(), merged.end());
    return merged;
}

Result<QHash<UserId, int>> EventStore::peopleInThread(const RoomId &room, const EventId &root) const
{
    const auto rows = m_database.all(
        selectEvents(" AND rel_target = ? AND rel_target <> '' AND rel_type = 'm.thread' AND redacted = 0"
                     " GROUP BY sender",
                     "sender, count(*)", "INDEXED BY events_related"),
        [](const Statement &row) { return std::pair(row.get<UserId>(0), row.get<int>(1)); }, room, root);
    if (!rows)
        return tl::unexpected(rows.error());
    QHash<UserId, int> people;
    for (const auto &[user, count] : *rows)
        people.insert(user, count);
    return people;
}

Result<QList<EventStore::Thread>> EventStore::threads(const RoomId &room) const
{
    return m_database.all(
        selectEvents(" AND rel_target <> '' AND rel_type = 'm.thread' AND redacted = 0 GROUP BY rel_target",
                     "rel_target, count(*)", "INDEXED BY events_related"),
        [](const Statement &row) {
            return Thread{row.get<EventId>(0), row.get<int>(1)};
        },
        room);
}

Result<std::optional<RoomEvent>> EventStore::preview(const RoomId &room) const
{
    return m_database.one(
        selectEvents(
            " AND chunk >= 0 AND preview = 1 AND redacted = 0 ORDER BY chunk DESC, place DESC LIMIT 1"),
        [](const Statement &row) { return readRow(row).event; }, room);
}

Result<QList<RoomId>> EventStore::roomsThatWait() const
{
    return m_database.all("SELECT room_id FROM rooms WHERE encryption <> '' AND id IN"
                          " (SELECT DISTINCT room FROM events INDEXED BY events_unreadable WHERE session <> "
                          "'' AND clear IS NULL)"
                          " ORDER BY recency DESC",
                          [](const Statement &row) { return row.get<RoomId>(0); });
}

Result<QList<SessionId>> EventStore::sessionsWaitedFor(const RoomId &room) const
{
    return m_database.all(
        "SELECT DISTINCT session FROM events WHERE room = (SELECT id FROM rooms WHERE room_id = ?)"
        " AND session <> '' AND clear IS NULL AND redacted = 0 AND reason IN (?, ?, ?, ?)",
        [](const Statement &row) { return row.get<SessionId>(0); }, room, Undecryptable::MissingKey,
        Undecryptable::UnknownIndex, Undecryptable::Withheld, Undecryptable::WithheldUntrusted);
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
