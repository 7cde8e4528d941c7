// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// How much search knows, and where what it could know ends.
#include "store/cache/search_store.h"
#include "store/statement.h"

#include <limits>

namespace parvis {

namespace {

/// A hole may have nothing behind it yet: then the room's end is what is missing. Where the server said three
/// times, in as many runs, that there is nothing older, it is believed. What this machine does not keep is
/// not missing.
const QByteArray frontierSql =
    "SELECT rooms.room_id, holes.chunk, coalesce(first.place, 0), first.ts"
    " FROM (SELECT room, max(chunk) AS chunk FROM gaps WHERE chunk >= 0 AND endings < 3 AND cut = 0 GROUP BY "
    "room) AS "
    "holes"
    " JOIN rooms ON rooms.id = holes.room AND rooms.membership = ?1"
    " LEFT JOIN events AS first ON first.room = holes.room AND first.chunk = holes.chunk AND first.place ="
    " (SELECT min(place) FROM events WHERE room = holes.room AND chunk = holes.chunk)";

SearchFrontier readFrontier(const Statement &s)
{
    return {.room = s.get<RoomId>(0),
            .place = {s.get<qint64>(1), s.get<qint64>(2)},
            .ts = s.get<std::optional<qint64>>(3).value_or(std::numeric_limits<qint64>::max())};
}

} // namespace

Result<SearchCounts> SearchStore::counts() const
{
    const auto row = m_database.one(
        "SELECT (SELECT count(*) FROM search_entries), (SELECT count(*) FROM search_pending),"
        " (SELECT count(*) FROM rooms WHERE membership = ?1 AND EXISTS (SELECT 1 FROM search_entries WHERE "
        "room = rooms.id)),"
        " (SELECT count(DISTINCT room) FROM events INDEXED BY events_unreadable"
        "  WHERE session <> '' AND clear IS NULL AND redacted = 0)",
        [](const Statement &s) {
            return SearchCounts{s.get<qint64>(0), s.get<qint64>(1), s.get<qint64>(2), s.get<qint64>(3)};
        },
        MemberState::Join);
    if (!row)
        return tl::unexpected(row.error());
    return row->value_or(SearchCounts());
}

Result<QList<SearchReach>> SearchStore::reach() const
{
    return m_database.all(
        "SELECT room_id, (SELECT count(*) FROM search_entries WHERE room = rooms.id),"
        " coalesce((SELECT ts FROM events WHERE room = rooms.id AND chunk >= 0 ORDER BY chunk, place LIMIT "
        "1), 0),"
        " NOT EXISTS (SELECT 1 FROM gaps WHERE room = rooms.id AND chunk >= 0 AND endings < 3),"
        " (SELECT count(*) FROM events INDEXED BY events_unreadable WHERE room = rooms.id AND session <> ''"
        "  AND clear IS NULL AND redacted = 0)"
        " FROM rooms WHERE membership = ?1 AND (EXISTS (SELECT 1 FROM events WHERE room = rooms.id)"
        " OR EXISTS (SELECT 1 FROM gaps WHERE room = rooms.id)) ORDER BY recency DESC",
        [](const Statement &s) {
            return SearchReach{s.get<RoomId>(0), s.get<qint64>(1), s.get<qint64>(2), s.get<bool>(3),
                               s.get<qint64>(4)};
        },
        MemberState::Join);
}

Result<QList<SearchFrontier>> SearchStore::frontiers() const
{
    return m_database.all(frontierSql, readFrontier, MemberState::Join);
}

Result<std::optional<SearchFrontier>> SearchStore::frontier(const RoomId &room) const
{
    // By the room first: all holes need not be grouped for one.
    return m_database.one(
        "SELECT rooms.room_id, holes.chunk, coalesce(first.place, 0), first.ts FROM rooms"
        " JOIN gaps AS holes ON holes.room = rooms.id"
        " LEFT JOIN events AS first ON first.room = holes.room AND first.chunk = holes.chunk AND first.place "
        "="
        " (SELECT min(place) FROM events WHERE room = holes.room AND chunk = holes.chunk)"
        " WHERE rooms.room_id = ? AND rooms.membership = ? AND holes.chunk >= 0 AND holes.endings < 3 AND "
        "holes.cut = 0 ORDER BY holes.chunk DESC"
        " LIMIT 1",
        readFrontier, room, MemberState::Join);
}

} // namespace parvis
