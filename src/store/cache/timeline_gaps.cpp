// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Where history is missing, and how pages of it close the holes.
#include "store/cache/encryption_latch_p.h"
#include "store/cache/rows_p.h"
#include "store/cache/timeline_writer_p.h"
#include "store/cache/try_p.h"

#include <algorithm>

namespace parvis {

namespace {

/// So often a server says that there is nothing older before it is believed of a hole that hides nothing.
constexpr qint64 enoughEndings = 3;

} // namespace

Result<void> TimelineWriter::openGap(qint64 row, qint64 chunk, const QString &token, qint64 overlap,
                                     Behind behind)
{
    return m_database.run("INSERT INTO gaps (room, chunk, prev_batch, overlap, behind) VALUES (?, ?, ?, ?, ?)"
                          " ON CONFLICT DO UPDATE SET prev_batch = excluded.prev_batch, endings = 0,"
                          " overlap = excluded.overlap, behind = excluded.behind",
                          row, chunk, token, overlap, behind);
}

Result<void> TimelineWriter::closeGap(qint64 row, qint64 chunk)
{
    return m_database.run("DELETE FROM gaps WHERE room = ? AND chunk = ?", row, chunk);
}

Result<bool> TimelineWriter::isBeforeTheEnd(qint64 row, const Known &event, qint64 last)
{
    if (!event.hasPlace() || event.place.isOnIsland())
        return false;
    if (event.place.chunk == last)
        return true;
    QByteArray sql = "SELECT 1 FROM gaps WHERE room = ? AND chunk > ? AND chunk <= ? AND ";
    sql.append(endsAStretch).append(" LIMIT 1");
    const auto hole = m_database.one(
        sql, [](const Statement &s) { return s.get<bool>(0); }, row, event.place.chunk, last);
    if (!hole)
        return tl::unexpected(hole.error());
    return !*hole;
}

Result<TimelineWriter::Overlap> TimelineWriter::overlap(qint64 row, const QList<RoomEvent> &events,
                                                        qint64 chunk)
{
    Overlap out{.events = 0, .chunk = 0, .whole = true};
    bool repeated = false; // a page that begins with what the one before ended with
    for (auto it = events.crbegin(); it != events.crend() && out.whole; ++it) {
        const auto was = known(row, it->event.id);
        if (!was)
            return tl::unexpected(was.error());
        const bool placed = *was && (*was)->hasPlace();
        repeated = repeated || (placed && (*was)->place.chunk == chunk);
        if (placed && (*was)->place.chunk < chunk && !repeated) {
            if (out.events++ == 0)
                out.chunk = (*was)->place.chunk;
        } else {
            out.whole = placed && (*was)->place.chunk == chunk;
        }
    }
    return out;
}

Result<qint64> TimelineWriter::overlapAhead(qint64 row, const QList<RoomEvent> &events, TimelinePlace first)
{
    QByteArray sql = "SELECT NOT EXISTS (SELECT 1 FROM events WHERE room = ?1 AND chunk = ?2 AND place < ?3)"
                     " AND (NOT EXISTS (SELECT 1 FROM events WHERE room = ?1 AND chunk >= 0 AND chunk < ?2)"
                     " OR EXISTS (SELECT 1 FROM gaps WHERE room = ?1 AND chunk = ?2 AND ";
    sql.append(endsAStretch).append("))");
    const auto ends = m_database.one(
        sql, [](const Statement &s) { return s.get<bool>(0); }, row, first.chunk, first.place);
    if (!ends)
        return tl::unexpected(ends.error());
    if (ends->value_or(true))
        return 0;
    for (qsizetype n = 0; n < events.size() && n < enoughOverlap; ++n) {
        const auto was = known(row, events.at(n).event.id);
        if (!was)
            return tl::unexpected(was.error());
        if (!*was || !(*was)->hasPlace() || (*was)->place.chunk < first.chunk)
            return n;
    }
    return 0;
}

Result<bool> TimelineWriter::isUsedUp(qint64 row, qint64 chunk)
{
    return m_database
        .one(
            "SELECT NOT EXISTS (SELECT 1 FROM events WHERE room = ?1 AND chunk = ?2)"
            " AND (EXISTS (SELECT 1 FROM gaps WHERE room = ?1 AND chunk = ?2)"
            " OR NOT EXISTS (SELECT 1 FROM events WHERE room = ?1 AND chunk >= 0 AND chunk < ?2))",
            [](const Statement &s) { return s.get<bool>(0); }, row, chunk)
        .map([](std::optional<bool> holds) { return holds.value_or(false); });
}

Result<bool> TimelineWriter::isLastBefore(qint64 row, TimelinePlace place, qint64 chunk)
{
    const auto behind = m_database.one(
        "SELECT 1 FROM events WHERE room = ?1 AND chunk >= 0 AND chunk < ?2 AND (chunk, place) > (?3, ?4)"
        " AND kept = 0 LIMIT 1",
        [](const Statement &s) { return s.get<bool>(0); }, row, chunk, place.chunk, place.place);
    if (!behind)
        return tl::unexpected(behind.error());
    return !*behind;
}

Result<TimelineWriter::Behind> TimelineWriter::dropEmptyChunks(qint64 row, qint64 before)
{
    struct Emptied {
        qint64 chunk = 0, next = 0;
        Behind behind = Behind::Hidden;
    };
    const auto emptied = m_database.all(
        "SELECT chunk, coalesce((SELECT min(chunk) FROM events WHERE room = ?1 AND chunk > gaps.chunk), ?2),"
        " CASE WHEN NOT EXISTS (SELECT 1 FROM events WHERE room = ?1 AND chunk >= 0 AND chunk < gaps.chunk)"
        " THEN 0 ELSE max(behind, endings > 0) END FROM gaps"
        " WHERE room = ?1 AND chunk >= 0 AND chunk < ?2"
        " AND chunk NOT IN (SELECT chunk FROM events WHERE room = ?1) ORDER BY chunk DESC",
        [](const Statement &s) {
            return Emptied{s.get<qint64>(0), s.get<qint64>(1), s.get<Behind>(2)};
        },
        row, before);
    if (!emptied)
        return tl::unexpected(emptied.error());
    Behind least = Behind::Met;
    for (const Emptied &one : *emptied) {
        // What stood behind the hole is elsewhere now; the hole is still there, and hides as much.
        if (one.next >= before)
            least = std::min(least, one.behind);
        PARVIS_TRY(m_database.run("UPDATE gaps SET behind = min(behind, ?3), endings = min(endings, ?3),"
                                  " overlap = CASE ?3 WHEN 0 THEN 0 ELSE overlap END"
                                  " WHERE room = ?1 AND chunk = ?2",
                                  row, one.next, one.behind));
        if (m_database.changes() == 0 && one.next <= before)
            PARVIS_TRY(m_database.run("UPDATE gaps SET chunk = ? WHERE room = ? AND chunk = ?", one.next, row,
                                      one.chunk));
        else
            PARVIS_TRY(closeGap(row, one.chunk));
    }
    // Of islands nothing is left where all of them moved.
    PARVIS_TRY(m_database.run("DELETE FROM gaps WHERE room = ?1 AND chunk < 0 AND chunk < ?2 AND chunk NOT IN"
                              " (SELECT chunk FROM events WHERE room = ?1)",
                              row, before));
    return least;
}

Result<void> TimelineWriter::dropFilledChunks(qint64 row, qint64 older, qint64 chunk)
{
    // What lies between has moved into the page. A server that leaves some of it out closes no hole by that.
    return m_database.run("DELETE FROM gaps WHERE room = ?1 AND chunk > ?2 AND chunk < ?3 AND chunk NOT IN"
                          " (SELECT chunk FROM events WHERE room = ?1)",
                          row, older, chunk);
}

Result<void> TimelineWriter::join(qint64 row, qint64 chunk, qint64 older)
{
    PARVIS_TRY(dropFilledChunks(row, older, chunk));
    const auto rest = edge(row, true, older);
    if (rest && *rest && older < 0) { // what the page did not reach of an island
        const auto first = edge(row, false, chunk);
        if (!first)
            return tl::unexpected(first.error());
        PARVIS_TRY(moveBefore(row, older, first->value_or(TimelinePlace{chunk, 0})));
        return takeGap(row, older, chunk);
    }
    const auto gap = m_database.one(
        "SELECT prev_batch FROM gaps WHERE room = ? AND chunk = ?",
        [](const Statement &s) { return s.get<QString>(0); }, row, older);
    if (!rest || !gap)
        return tl::unexpected(!rest ? rest.error() : gap.error());
    if (*rest || !*gap)
        return closeGap(row, chunk);
    // All of the older chunk moved here: the hole before it is the hole before this one now.
    return takeGap(row, older, chunk);
}

Result<std::optional<TimelineWriter::Hole>> TimelineWriter::hole(qint64 row, qint64 chunk)
{
    return m_database.one(
        "SELECT prev_batch, overlap, endings, behind FROM gaps WHERE room = ? AND chunk = ?",
        [](const Statement &s) {
            return Hole{.token = s.get<QString>(0),
                        .overlap = s.get<qint64>(1),
                        .endings = s.get<qint64>(2),
                        .behind = s.get<Behind>(3)};
        },
        row, chunk);
}

Result<void> TimelineWriter::backfill(qint64 row, const BackfillPage &page, RoomApplied &applied)
{
    const auto gap = hole(row, page.chunk);
    if (!gap)
        return tl::unexpected(gap.error());
    if (!*gap || (*gap)->token != page.from)
        return {}; // the gap was filled or the room begun anew while the page was on its way
    m_afterOthers = true;
    const QList<RoomEvent> events = distinctEvents(page.events);
    if (page.chunk < 0)
        return backfillIsland(row, page, events, applied);
    const auto older = overlap(row, events, page.chunk);
    const auto added = putBefore(row, page.chunk, events, applied);
    const auto begins = beginsWithRoom(row, page.chunk);
    if (!older || !added || !begins)
        return tl::unexpected(!older ? older.error() : !added ? added.error() : begins.error());
    const auto usedUp = isUsedUp(row, older->chunk);
    if (!usedUp)
        return tl::unexpected(usedUp.error());
    const bool ends = page.end.isEmpty() || page.end == page.from;
    Hole left = **gap;
    left.overlap = older->events + (older->whole ? left.overlap : 0);
    const bool reached = older->events > 0;
    const bool joined = reached && (left.overlap >= enoughOverlap || ends || *usedUp || older->chunk < 0);
    // A closed gap shows what is before it, or that the room begins.
    applied.timeline = *added || joined || *begins;
    if (joined)
        return join(row, page.chunk, older->chunk);
    if (reached) {
        PARVIS_TRY(dropFilledChunks(row, older->chunk, page.chunk));
        left.behind = Behind::Met;
    } else {
        // Chunks that the page reaches beyond have moved into it, and so have the holes before them.
        const auto least = dropEmptyChunks(row, page.chunk);
        if (!least)
            return tl::unexpected(least.error());
        if (left.endings > 0 && !ends) // what was shown once stays in sight
            left.behind = std::max(left.behind, Behind::Shown);
        left.behind = std::min(left.behind, *least);
    }
    if (*begins)
        return closeGap(row, page.chunk);
    return ends ? ended(row, page.chunk, left, applied)
                : openGap(row, page.chunk, page.end, left.overlap, left.behind);
}

Result<bool> TimelineWriter::putBefore(qint64 row, qint64 chunk, const QList<RoomEvent> &events,
                                       RoomApplied &applied)
{
    const auto start = edge(row, false, chunk);
    if (!start)
        return tl::unexpected(start.error());
    const qint64 first = *start ? (*start)->place - 1 : -1;
    qint64 at = first;
    m_filling = true;
    QList<std::pair<TimelinePlace, RoomEvent>> encryption;
    for (const RoomEvent &event : events) {
        const auto was = known(row, event.event.id);
        if (!was)
            return tl::unexpected(was.error());
        if (*was && (*was)->place.chunk < chunk && isEncryption(event)) {
            encryption.append({{chunk, at--}, event}); // once all the rest is where it belongs
            continue;
        }
        // Known in an older chunk: the page overlaps its end. There it would stand before what the page has
        // older than it.
        const auto done = *was && (*was)->place.chunk >= chunk
            ? update(row, event, **was, applied)
            : place(row, TimelinePlace{chunk, at--}, event, applied);
        if (!done)
            return tl::unexpected(done.error());
    }
    for (const auto &[where, event] : std::as_const(encryption)) {
        if (const auto done = place(row, where, event, applied); !done)
            return tl::unexpected(done.error());
    }
    m_filling = false;
    return at != first;
}

Result<void> TimelineWriter::ended(qint64 row, qint64 chunk, const Hole &hole, RoomApplied &applied)
{
    // A server whose neighbour does not answer for a moment says the same as one that has nothing older: the
    // gap stays, for another time.
    if (hole.behind == Behind::Met && hole.endings + 1 >= enoughEndings)
        return closeGap(row, chunk);
    // What is behind it is shown from now on.
    const auto behind = m_database.one(
        "SELECT 1 FROM events WHERE room = ? AND chunk >= 0 AND chunk < ? LIMIT 1",
        [](const Statement &s) { return s.get<bool>(0); }, row, chunk);
    if (!behind)
        return tl::unexpected(behind.error());
    const bool hid = hole.endings == 0 && hole.behind == Behind::Hidden;
    applied.timeline = applied.timeline || (hid && *behind);
    return m_database.run("UPDATE gaps SET endings = endings + 1, behind = ?, overlap = ?"
                          " WHERE room = ? AND chunk = ?",
                          hole.behind, hole.overlap, row, chunk);
}

Result<bool> TimelineWriter::beginsWithRoom(qint64 row, qint64 chunk)
{
    const auto type = m_database.one(
        "SELECT type FROM events WHERE room = ? AND chunk = ? ORDER BY place LIMIT 1",
        [](const Statement &s) { return s.get<QString>(0); }, row, chunk);
    if (!type)
        return tl::unexpected(type.error());
    return *type == event_type::create;
}

} // namespace parvis
