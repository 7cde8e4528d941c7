// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/timeline_purge_p.h"
#include "store/cache/try_p.h"

#include <algorithm>
#include <limits>
#include <set>

namespace parvis {

namespace {

constexpr qint64 noChunk = std::numeric_limits<qint64>::max();

TimelinePlace placeFrom(const Statement &s)
{
    return {s.get<qint64>(0), s.get<qint64>(1)};
}

bool isPlaced(TimelinePlace place)
{
    return !place.isOnIsland();
}

} // namespace

Result<void> TimelinePurge::remove(qint64 room, const PurgedRows &gone, RoomApplied &applied)
{
    const auto doomed = find(room, gone.rows);
    if (!doomed)
        return tl::unexpected(doomed.error());
    if (doomed->isEmpty())
        return {};
    PARVIS_TRY(keepReceipts(room, *doomed));
    for (const Doomed &one : *doomed)
        PARVIS_TRY(take(room, one, applied));
    applied.timeline = true;

    std::set<qint64> islands;
    for (const Doomed &one : *doomed) {
        if (one.place.isOnIsland() && !one.place.isLoose())
            islands.insert(one.place.chunk);
    }
    for (const qint64 chunk : islands) {
        const auto left = firstIn(room, chunk, chunk);
        if (!left)
            return tl::unexpected(left.error());
        if (!*left)
            PARVIS_TRY(m_database.run("DELETE FROM gaps WHERE room = ? AND chunk = ?", room, chunk));
        else if (gone.cut)
            PARVIS_TRY(cutIsland(room, chunk, *doomed));
    }
    PARVIS_TRY(moveHoles(room, *doomed));
    return gone.cut ? cutOff(room, *doomed) : Result<void>();
}

Result<QList<TimelinePurge::Doomed>> TimelinePurge::find(qint64 room, const QList<qint64> &rows)
{
    QList<Doomed> doomed;
    for (const qint64 row : rows) {
        const auto one = m_database.one(
            "SELECT chunk, place, event_id, rel_type, rel_target,"
            " type = 'm.room.encryption' AND state_key = '' FROM events WHERE id = ? AND room = ?",
            [row](const Statement &s) {
                return Doomed{.row = row,
                              .id = s.get<EventId>(2),
                              .place = placeFrom(s),
                              .relType = s.get<QString>(3),
                              .relTarget = s.get<EventId>(4),
                              .encryption = s.get<bool>(5)};
            },
            row, room);
        if (!one)
            return tl::unexpected(one.error());
        if (*one)
            doomed.append(**one);
    }
    return doomed;
}

Result<void> TimelinePurge::keepReceipts(qint64 room, const QList<Doomed> &doomed)
{
    const auto own = m_database.all(
        "SELECT event_id FROM receipts WHERE room = ? AND user_id = ? AND thread IN ('', 'main')",
        [](const Statement &s) { return s.get<EventId>(0); }, room, m_own);
    if (!own)
        return tl::unexpected(own.error());
    QSet<qint64> rows;
    for (const Doomed &one : doomed)
        rows.insert(one.row);
    for (const Doomed &one : doomed) {
        if (!isPlaced(one.place) || !own->contains(one.id))
            continue;
        // Clocks differ: something that stands before it may stay longer, and must not be unread again.
        const auto older = m_database.all(
            "SELECT id, event_id FROM events WHERE room = ? AND chunk >= 0 AND (chunk, place) < (?, ?)"
            " ORDER BY chunk DESC, place DESC LIMIT ?",
            [](const Statement &s) { return std::pair(s.get<qint64>(0), s.get<EventId>(1)); }, room,
            one.place.chunk, one.place.place, doomed.size() + 1);
        if (!older)
            return tl::unexpected(older.error());
        const auto stays = std::find_if(older->cbegin(), older->cend(),
                                        [&](const auto &event) { return !rows.contains(event.first); });
        if (stays == older->cend())
            continue;
        PARVIS_TRY(m_database.run("UPDATE receipts SET event_id = ? WHERE room = ? AND user_id = ? AND "
                                  "event_id = ? AND thread IN ('', 'main')",
                                  stays->second, room, m_own, one.id));
    }
    return {};
}

Result<void> TimelinePurge::take(qint64 room, const Doomed &one, RoomApplied &applied)
{
    PARVIS_TRY(m_search.remove(room, one.id));
    PARVIS_TRY(m_database.run("DELETE FROM events WHERE id = ?", one.row));
    applied.purged.insert(one.id);
    if (one.relTarget.isEmpty())
        return {};
    applied.events.insert(one.relTarget);
    return one.relType == QLatin1StringView("m.replace") ? m_search.lookAgain(room, one.relTarget)
                                                         : Result<void>();
}

Result<std::optional<TimelinePlace>> TimelinePurge::firstIn(qint64 room, qint64 from, qint64 until)
{
    return m_database.one("SELECT chunk, place FROM events WHERE room = ? AND chunk BETWEEN ? AND ?"
                          " ORDER BY chunk, place LIMIT 1",
                          placeFrom, room, from, until);
}

Result<void> TimelinePurge::moveHoles(qint64 room, const QList<Doomed> &doomed)
{
    std::set<qint64, std::greater<>> chunks; // the newest first: a hole moves towards it
    for (const Doomed &one : doomed) {
        if (isPlaced(one.place))
            chunks.insert(one.place.chunk);
    }
    for (const qint64 chunk : chunks) {
        const auto left = firstIn(room, chunk, chunk);
        const auto next = firstIn(room, chunk + 1, noChunk);
        if (!left || !next)
            return tl::unexpected(!left ? left.error() : next.error());
        if (*left || !*next)
            continue; // of a room without events, the hole is before what comes next
        PARVIS_TRY(m_database.run("UPDATE OR IGNORE gaps SET chunk = ? WHERE room = ? AND chunk = ?",
                                  (*next)->chunk, room, chunk));
        PARVIS_TRY(m_database.run("DELETE FROM gaps WHERE room = ? AND chunk = ?", room, chunk));
    }
    return {};
}

Result<void> TimelinePurge::cutIsland(qint64 room, qint64 chunk, const QList<Doomed> &doomed)
{
    const auto first = firstIn(room, chunk, chunk);
    if (!first || !*first)
        return first ? Result<void>() : tl::unexpected(first.error());
    bool head = false, encryption = false;
    for (const Doomed &one : doomed) {
        const bool before = one.place.chunk == chunk && one.place < **first;
        head = head || before;
        encryption = encryption || (before && one.encryption);
    }
    if (!head)
        return {};
    PARVIS_TRY(hole(room, chunk));
    if (!encryption)
        return {};
    return m_database.run("UPDATE gaps SET in_clear = 0 WHERE room = ? AND chunk = ?", room, chunk);
}

Result<void> TimelinePurge::cutOff(qint64 room, const QList<Doomed> &doomed)
{
    std::optional<TimelinePlace> oldest;
    qint64 last = 0;
    for (const Doomed &one : doomed) {
        if (!isPlaced(one.place))
            continue;
        oldest = oldest ? std::min(*oldest, one.place) : one.place;
        last = std::max(last, one.place.chunk);
    }
    const auto first = firstIn(room, 0, noChunk);
    if (!first)
        return tl::unexpected(first.error());
    if (!oldest || (*first && **first < *oldest))
        return {}; // the beginning of what is here is as it was
    if (*first) {
        PARVIS_TRY(m_database.run("DELETE FROM gaps WHERE room = ? AND chunk >= 0 AND chunk < ?", room,
                                  (*first)->chunk));
        return hole(room, (*first)->chunk);
    }
    const auto holes = m_database.one(
        "SELECT coalesce(max(chunk), 0) FROM gaps WHERE room = ? AND chunk >= 0",
        [](const Statement &s) { return s.get<qint64>(0); }, room);
    if (!holes)
        return tl::unexpected(holes.error());
    PARVIS_TRY(m_database.run("DELETE FROM gaps WHERE room = ? AND chunk >= 0", room));
    return hole(room, std::max(last, holes->value_or(0)));
}

Result<void> TimelinePurge::hole(qint64 room, qint64 chunk)
{
    // The token of the hole that was there leads to what is older than what went.
    return m_database.run("INSERT INTO gaps (room, chunk, prev_batch, cut) VALUES (?, ?, '', 1)"
                          " ON CONFLICT DO UPDATE SET prev_batch = '', endings = 0, overlap = 0, behind = 0,"
                          " cut = 1",
                          room, chunk);
}

} // namespace parvis
