// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/retention_store.h"

#include "store/cache/try_p.h"

#include <limits>

namespace parvis {

namespace {

using Candidate = std::pair<qint64, EventId>;

qint64 numberFrom(const Statement &s)
{
    return s.get<qint64>(0);
}

Candidate candidateFrom(const Statement &s)
{
    return {s.get<qint64>(0), s.get<EventId>(1)};
}

RetentionStore::Room roomFrom(const Statement &s)
{
    return {.row = s.get<qint64>(0), .id = s.get<RoomId>(1)};
}

/// Who gives a message a time that is still to come would have it kept until then. The search knows when it
/// came at the latest.
constexpr QByteArrayView fromTheFuture =
    "SELECT events.id, events.event_id FROM events INDEXED BY events_by_time"
    " CROSS JOIN search_entries ON search_entries.event = events.id"
    " WHERE events.room = ? AND events.state_key IS NULL AND events.ts > ? AND search_entries.ts < ? LIMIT ?";

} // namespace

Result<std::optional<PurgedRows>> RetentionStore::expired(qint64 nowMs, int most) const
{
    const auto rooms =
        m_database.all("SELECT id, room_id, retention_ms FROM rooms WHERE retention_ms > 0",
                       [](const Statement &s) { return std::pair(roomFrom(s), s.get<qint64>(2)); });
    if (!rooms)
        return tl::unexpected(rooms.error());
    for (const auto &[room, lifetime] : *rooms) {
        auto rows = expiredIn(room.row, nowMs - lifetime, nowMs, most);
        if (!rows)
            return tl::unexpected(rows.error());
        if (!rows->isEmpty())
            return PurgedRows{.room = room.id, .rows = *std::move(rows)};
    }
    return std::optional<PurgedRows>();
}

Result<QList<qint64>> RetentionStore::expiredIn(qint64 room, qint64 oldestMs, qint64 nowMs, int most) const
{
    // What is shown first goes first.
    auto found = m_database.all("SELECT id, event_id FROM events INDEXED BY events_by_time"
                                " WHERE room = ? AND state_key IS NULL AND ts < ? ORDER BY ts DESC LIMIT ?",
                                candidateFrom, room, oldestMs, most);
    if (found && found->isEmpty())
        found = m_database.all(fromTheFuture, candidateFrom, room, nowMs, oldestMs, most);
    if (!found)
        return tl::unexpected(found.error());
    QList<qint64> rows;
    for (const auto &[row, id] : *found) {
        const int left = most - int(rows.size());
        if (left <= 0)
            break;
        // What says the same in other words, and what is of no meaning without it.
        const auto related =
            m_database.all("SELECT id FROM events INDEXED BY events_related WHERE room = ? AND rel_target = "
                           "? AND rel_target <> ''"
                           " AND rel_type IN ('m.replace', 'm.annotation', 'm.reference', 'm.room.redaction')"
                           " AND state_key IS NULL LIMIT ?",
                           numberFrom, room, id, left);
        if (!related)
            return tl::unexpected(related.error());
        rows += *related;
        // With the last of them, never before: nothing is left that points nowhere.
        if (related->size() < left)
            rows.append(row);
    }
    return rows;
}

Result<std::optional<qint64>> RetentionStore::nextExpiry() const
{
    const auto next = m_database.one(
        "SELECT min(retention_ms + (SELECT ts FROM events WHERE room = rooms.id AND state_key IS NULL"
        " ORDER BY ts LIMIT 1)) FROM rooms WHERE retention_ms > 0",
        [](const Statement &s) { return s.get<std::optional<qint64>>(0); });
    if (!next)
        return tl::unexpected(next.error());
    return next->value_or(std::nullopt);
}

Result<std::optional<RetentionStore::Room>> RetentionStore::nextAged(qint64 oldestMs, qint64 after,
                                                                     qint64 last) const
{
    return m_database.one(
        "SELECT id, room_id FROM rooms WHERE id > ?1 AND id <= ?2 AND"
        " (EXISTS (SELECT 1 FROM events WHERE room = rooms.id AND state_key IS NULL AND ts < ?3)"
        " OR (SELECT ts < ?3 AND state_key IS NOT NULL FROM events WHERE room = rooms.id AND chunk >= 0"
        "     ORDER BY chunk, place LIMIT 1))"
        " ORDER BY id LIMIT 1",
        roomFrom, after, last, oldestMs);
}

Result<qint64> RetentionStore::lastRoom() const
{
    return m_database.one("SELECT coalesce(max(id), 0) FROM rooms", numberFrom)
        .map([](std::optional<qint64> row) { return row.value_or(0); });
}

Result<PurgedRows> RetentionStore::aged(const Room &room, qint64 oldestMs, qint64 nowMs, qint64 until,
                                        int most) const
{
    PurgedRows out{.room = room.id, .rows = {}, .cut = true};
    auto found =
        m_database.all("SELECT id, event_id FROM events INDEXED BY events_by_time"
                       " WHERE room = ? AND state_key IS NULL AND ts < ? AND id <= ? ORDER BY ts LIMIT ?",
                       candidateFrom, room.row, oldestMs, until, most);
    if (found && found->isEmpty())
        found = m_database.all(fromTheFuture, candidateFrom, room.row, nowMs, oldestMs, most);
    if (!found)
        return tl::unexpected(found.error());
    for (const auto &[row, id] : *found)
        out.rows.append(row);
    if (!out.rows.isEmpty())
        return out;
    struct State {
        qint64 row = 0, ts = 0;
        bool state = false;
    };
    const auto first = m_database.all(
        "SELECT id, ts, state_key IS NOT NULL FROM events WHERE room = ? AND chunk >= 0 ORDER BY chunk, place"
        " LIMIT ?",
        [](const Statement &s) {
            return State{s.get<qint64>(0), s.get<qint64>(1), s.get<bool>(2)};
        },
        room.row, most);
    if (!first)
        return tl::unexpected(first.error());
    for (const State &one : *first) {
        if (!one.state || one.ts >= oldestMs || one.row > until)
            break;
        out.rows.append(one.row);
    }
    return out;
}

Result<QList<RetentionStore::Room>> RetentionStore::leastUsed(qint64 nowMs) const
{
    // A message that says to be from the future says nothing about how lively a room is.
    return m_database.all(
        "SELECT id, room_id FROM rooms ORDER BY max(opened_ms, coalesce((SELECT ts FROM events"
        " WHERE room = rooms.id AND state_key IS NULL AND ts <= ? ORDER BY ts DESC LIMIT 1), 0)), recency, "
        "id",
        roomFrom, nowMs);
}

Result<PurgedRows> RetentionStore::oldest(const Room &room, int keep, int most) const
{
    PurgedRows out{.room = room.id, .rows = {}, .cut = true};
    const auto border = m_database.one(
        "SELECT chunk, place FROM events WHERE room = ? AND chunk >= 0 ORDER BY chunk DESC, place DESC"
        " LIMIT 1 OFFSET ?",
        [](const Statement &s) {
            return TimelinePlace{s.get<qint64>(0), s.get<qint64>(1)};
        },
        room.row, keep - 1);
    if (!border)
        return tl::unexpected(border.error());
    // Stretches that were looked up in the past count as older than all.
    const TimelinePlace until = border->value_or(TimelinePlace{0, std::numeric_limits<qint64>::min()});
    const auto rows = m_database.all(
        "SELECT id FROM events WHERE room = ? AND (chunk, place) < (?, ?) ORDER BY chunk, place LIMIT ?",
        numberFrom, room.row, until.chunk, until.place, most);
    if (!rows)
        return tl::unexpected(rows.error());
    out.rows = *rows;
    return out;
}

Result<void> RetentionStore::noteOpened(const RoomId &room, qint64 nowMs)
{
    return m_database.run("UPDATE rooms SET opened_ms = ? WHERE room_id = ?", nowMs, room);
}

Result<qint64> RetentionStore::lastRow() const
{
    return m_database.one("SELECT coalesce(max(id), 0) FROM events", numberFrom)
        .map([](std::optional<qint64> row) { return row.value_or(0); });
}

Result<RetentionStore::Counts> RetentionStore::counts() const
{
    const auto counts = m_database.one(
        "SELECT (SELECT count(*) FROM events), (SELECT min((SELECT ts FROM events WHERE room = rooms.id"
        " AND state_key IS NULL ORDER BY ts LIMIT 1)) FROM rooms)",
        [](const Statement &s) {
            return Counts{.events = s.get<qint64>(0), .oldestMs = s.get<std::optional<qint64>>(1)};
        });
    if (!counts)
        return tl::unexpected(counts.error());
    return counts->value_or(Counts());
}

} // namespace parvis
