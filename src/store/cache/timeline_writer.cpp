// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/encryption_latch_p.h"
#include "store/cache/event_store.h"
#include "store/cache/event_traits_p.h"
#include "store/cache/timeline_writer_p.h"
#include "store/cache/try_p.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

QList<RoomEvent> distinctEvents(const QList<RoomEvent> &events)
{
    QList<RoomEvent> out;
    QSet<EventId> seen;
    for (const RoomEvent &event : events) {
        if (!event.event.id.isEmpty() && !seen.contains(event.event.id)) {
            seen.insert(event.event.id);
            out.append(event);
        }
    }
    return out;
}

Result<std::optional<TimelineWriter::Known>> TimelineWriter::known(qint64 row, const EventId &id)
{
    return m_database.one(
        "SELECT chunk, place, redacted, clear_type IS NOT NULL, kept FROM events"
        " WHERE room = ? AND event_id = ?",
        [](const Statement &s) {
            return Known{
                {s.get<qint64>(0), s.get<qint64>(1)}, s.get<bool>(2), s.get<bool>(3), s.get<bool>(4)};
        },
        row, id);
}

Result<std::optional<TimelinePlace>> TimelineWriter::edge(qint64 row, bool newest, qint64 chunk)
{
    return m_database.one(
        newest ? "SELECT chunk, place FROM events WHERE room = ? AND chunk = ?"
                 " ORDER BY place DESC LIMIT 1"
               : "SELECT chunk, place FROM events WHERE room = ? AND chunk = ?"
                 " ORDER BY place LIMIT 1",
        [](const Statement &s) {
            return TimelinePlace{s.get<qint64>(0), s.get<qint64>(1)};
        },
        row, chunk);
}

Result<std::optional<qint64>> TimelineWriter::lastChunk(qint64 row)
{
    // A room may have a gap and no event yet. Islands are not the end of anything.
    return m_database.one(
        "SELECT max(chunk) FROM (SELECT max(chunk) AS chunk FROM events WHERE room = ?1 AND chunk >= 0"
        " UNION ALL SELECT max(chunk) FROM gaps WHERE room = ?1 AND chunk >= 0) HAVING max(chunk) IS NOT "
        "NULL",
        [](const Statement &s) { return s.get<qint64>(0); }, row);
}

Result<bool> TimelineWriter::isTail(qint64 row, const QList<RoomEvent> &events)
{
    const auto tail = m_database.all(
        "SELECT event_id FROM events WHERE room = ? AND chunk >= 0 ORDER BY chunk DESC, place DESC LIMIT ?",
        [](const Statement &s) { return s.get<EventId>(0); }, row, events.size());
    if (!tail)
        return tl::unexpected(tail.error());
    if (tail->size() != events.size())
        return false;
    for (qsizetype i = 0; i < events.size(); ++i) {
        if (tail->at(tail->size() - 1 - i) != events.at(i).event.id)
            return false;
    }
    return true;
}

Result<void> TimelineWriter::openGap(qint64 row, qint64 chunk, const QString &token, qint64 overlap)
{
    return m_database.run("INSERT INTO gaps (room, chunk, prev_batch, overlap) VALUES (?, ?, ?, ?)"
                          " ON CONFLICT DO UPDATE SET prev_batch = excluded.prev_batch, endings = 0,"
                          " overlap = excluded.overlap",
                          row, chunk, token, overlap);
}

Result<void> TimelineWriter::closeGap(qint64 row, qint64 chunk)
{
    return m_database.run("DELETE FROM gaps WHERE room = ? AND chunk = ?", row, chunk);
}

Result<void> TimelineWriter::append(qint64 row, const RoomChanges &changes, std::optional<qint64> encryptedMs,
                                    RoomApplied &applied)
{
    const QList<RoomEvent> events = distinctEvents(changes.timeline);
    if (events.isEmpty() && !changes.limited)
        return {};
    if (changes.kept)
        return keep(row, events, applied);
    const auto last = lastChunk(row);
    const auto tail = isTail(row, events);
    if (!last || !tail)
        return tl::unexpected(!last ? last.error() : tail.error());
    std::optional<Known> first;
    if (!events.isEmpty()) {
        const auto found = known(row, events.first().event.id);
        if (!found)
            return tl::unexpected(found.error());
        first = *found;
    }
    if (*tail && first && !(changes.limited && first->kept)) {
        // The same answer again, or the head that was known: nothing moves.
        for (const RoomEvent &event : events)
            PARVIS_TRY(place(row, std::nullopt, event, applied));
        return {};
    }
    qint64 chunk = last->value_or(0);
    // Begins in what is there: nothing can be missing in between, but what came late from another server.
    const bool joined = first && !first->kept && first->place.chunk == chunk;
    const bool fresh = !*last;
    m_afterOthers = !fresh;
    if (!joined && (changes.limited || (fresh && !changes.prevBatch.isEmpty()))) {
        chunk = fresh ? 0 : chunk + 1;
        PARVIS_TRY(openGap(row, chunk, changes.prevBatch));
    } else if (joined && changes.limited) {
        const auto inARow = overlapAhead(row, events, first->place);
        if (!inARow)
            return tl::unexpected(inARow.error());
        if (*inARow > 0)
            PARVIS_TRY(openGap(row, ++chunk, changes.prevBatch, *inARow));
    }
    applied.timeline = true;
    const auto end = edge(row, true, chunk);
    if (!end)
        return tl::unexpected(end.error());
    qint64 at = *end ? (*end)->place + 1 : 0;
    // A longer answer may reach back to before the encryption: then it says where that began, and the
    // messages' own times must fit.
    auto since = std::find_if(events.crbegin(), events.crend(), isEncryption).base();
    m_reachesBehind = true;
    if (encryptedMs && since != events.cbegin()) {
        const auto reaches = reachesBehindEncryption(m_database, row, events);
        if (!reaches)
            return tl::unexpected(reaches.error());
        m_reachesBehind = *reaches;
        if (!*reaches) {
            since = events.cbegin();
            PARVIS_TRY(keepMarksBehindEncryption(m_database, row));
        }
    }
    for (auto it = events.cbegin(); it != events.cend(); ++it) {
        const bool later = it >= since || (encryptedMs > 0 && it->event.originServerTs > encryptedMs);
        m_encrypted = encryptedMs && later;
        PARVIS_TRY(place(row, TimelinePlace{chunk, at++}, *it, applied));
    }
    m_encrypted = m_reachesBehind = false;
    return dropEmptyChunks(row, chunk);
}

Result<void> TimelineWriter::dropEmptyChunks(qint64 row, qint64 before)
{
    return m_database.run("DELETE FROM gaps WHERE room = ?1 AND chunk < ?2 AND chunk NOT IN"
                          " (SELECT chunk FROM events WHERE room = ?1)",
                          row, before);
}

Result<void> TimelineWriter::keep(qint64 row, const QList<RoomEvent> &events, RoomApplied &applied)
{
    const auto last = lastChunk(row);
    if (!last)
        return tl::unexpected(last.error());
    const qint64 chunk = last->value_or(0);
    const auto end = edge(row, true, chunk);
    if (!end)
        return tl::unexpected(end.error());
    qint64 at = *end ? (*end)->place + 1 : 0;
    m_keeping = true;
    m_afterOthers = last->has_value();
    for (const RoomEvent &event : events) {
        const auto was = known(row, event.event.id);
        if (!was)
            return tl::unexpected(was.error());
        if (*was)
            continue; // the synchronisation was quicker, and knows its place
        PARVIS_TRY(place(row, TimelinePlace{chunk, at++}, event, applied));
        applied.timeline = true;
    }
    m_keeping = false;
    return {};
}

Result<TimelineWriter::Overlap> TimelineWriter::overlap(qint64 row, const QList<RoomEvent> &events,
                                                        qint64 chunk)
{
    Overlap out;
    for (auto it = events.crbegin(); it != events.crend(); ++it) {
        const auto was = known(row, it->event.id);
        if (!was)
            return tl::unexpected(was.error());
        if (!*was || !(*was)->hasPlace() || (*was)->place.chunk >= chunk)
            break;
        if (out.events++ == 0)
            out.chunk = (*was)->place.chunk;
    }
    return out;
}

Result<qint64> TimelineWriter::overlapAhead(qint64 row, const QList<RoomEvent> &events, TimelinePlace first)
{
    const auto oldest = edge(row, false, first.chunk);
    if (!oldest)
        return tl::unexpected(oldest.error());
    if (*oldest == first)
        return 0; // what is known ends there
    for (qsizetype n = 0; n < events.size() && n < enoughOverlap; ++n) {
        const auto was = known(row, events.at(n).event.id);
        if (!was)
            return tl::unexpected(was.error());
        if (!*was || !(*was)->hasPlace() || (*was)->place.chunk != first.chunk)
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

Result<void> TimelineWriter::join(qint64 row, qint64 chunk, qint64 older)
{
    // What lies between has moved into the page. A server that leaves some of it out closes no hole by that.
    PARVIS_TRY(
        m_database.run("DELETE FROM gaps WHERE room = ?1 AND chunk > ?2 AND chunk < ?3 AND chunk NOT IN"
                       " (SELECT chunk FROM events WHERE room = ?1)",
                       row, older, chunk));
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

Result<void> TimelineWriter::backfill(qint64 row, const BackfillPage &page, RoomApplied &applied)
{
    const auto gap = m_database.one(
        "SELECT prev_batch, overlap FROM gaps WHERE room = ? AND chunk = ?",
        [](const Statement &s) { return std::pair(s.get<QString>(0), s.get<qint64>(1)); }, row, page.chunk);
    if (!gap)
        return tl::unexpected(gap.error());
    if (!*gap || (*gap)->first != page.from)
        return {}; // the gap was filled or the room begun anew while the page was on its way
    m_afterOthers = true;
    const QList<RoomEvent> events = distinctEvents(page.events);
    if (page.chunk < 0)
        return backfillIsland(row, page, events, applied);
    const auto older = overlap(row, events, page.chunk);
    const auto start = edge(row, false, page.chunk);
    if (!older || !start)
        return tl::unexpected(!older ? older.error() : start.error());
    const qint64 first = *start ? (*start)->place - 1 : -1;
    qint64 at = first;
    for (const RoomEvent &event : events) {
        const auto was = known(row, event.event.id);
        if (!was)
            return tl::unexpected(was.error());
        // Known in an older chunk: the page overlaps its end. There it would stand before what the page has
        // older than it.
        if (*was && (*was)->place.chunk >= page.chunk)
            PARVIS_TRY(update(row, event, **was, applied));
        else
            PARVIS_TRY(place(row, TimelinePlace{page.chunk, at--}, event, applied));
    }
    const auto begins = beginsWithRoom(row, page.chunk);
    if (!begins)
        return tl::unexpected(begins.error());
    const auto usedUp = isUsedUp(row, older->chunk);
    if (!usedUp)
        return tl::unexpected(usedUp.error());
    const bool ends = page.end.isEmpty() || page.end == page.from;
    const qint64 inARow = older->events + (older->events == events.size() ? (*gap)->second : 0);
    const bool joined = older->events > 0 && (inARow >= enoughOverlap || ends || *usedUp || older->chunk < 0);
    // A closed gap shows what is before it, or that the room begins.
    applied.timeline = at != first || joined || *begins;
    if (joined)
        return join(row, page.chunk, older->chunk);
    // Chunks that the page reaches beyond have moved into it, and so have the holes before them.
    PARVIS_TRY(dropEmptyChunks(row, page.chunk));
    return *begins ? closeGap(row, page.chunk) : setNextToken(row, page, inARow, applied);
}

Result<void> TimelineWriter::setNextToken(qint64 row, const BackfillPage &page, qint64 overlap,
                                          RoomApplied &applied)
{
    if (!page.end.isEmpty() && page.end != page.from)
        return openGap(row, page.chunk, page.end, overlap);
    // What is behind it is shown from now on.
    const auto behind = m_database.one(
        "SELECT 1 FROM events WHERE room = ? AND chunk >= 0 AND chunk < ? LIMIT 1",
        [](const Statement &s) { return s.get<bool>(0); }, row, page.chunk);
    if (!behind)
        return tl::unexpected(behind.error());
    applied.timeline = applied.timeline || *behind;
    // A server whose neighbour does not answer for a moment says the same as one that has nothing older: the
    // gap stays, for another time.
    return m_database.run("UPDATE gaps SET endings = endings + 1 WHERE room = ? AND chunk = ?", row,
                          page.chunk);
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
