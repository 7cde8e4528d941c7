// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/encryption_latch_p.h"
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

Result<void> TimelineWriter::openGap(qint64 row, qint64 chunk, const QString &token)
{
    return m_database.run("INSERT INTO gaps (room, chunk, prev_batch) VALUES (?, ?, ?)"
                          " ON CONFLICT DO UPDATE SET prev_batch = excluded.prev_batch, endings = 0",
                          row, chunk, token);
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
    // Begins in what is there: nothing can be missing in between.
    const bool joined = first && !first->kept && first->place.chunk == chunk;
    const bool fresh = !*last;
    m_afterOthers = !fresh;
    if (!joined && (changes.limited || (fresh && !changes.prevBatch.isEmpty()))) {
        chunk = fresh ? 0 : chunk + 1;
        PARVIS_TRY(openGap(row, chunk, changes.prevBatch));
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

Result<std::optional<qint64>> TimelineWriter::joins(qint64 row, const QList<RoomEvent> &events, qint64 chunk)
{
    if (events.isEmpty())
        return std::optional<qint64>();
    const auto oldest = known(row, events.last().event.id);
    if (!oldest)
        return tl::unexpected(oldest.error());
    const bool older = *oldest && (*oldest)->hasPlace() && (*oldest)->place.chunk < chunk;
    return older ? std::optional((*oldest)->place.chunk) : std::nullopt;
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
        "SELECT prev_batch FROM gaps WHERE room = ? AND chunk = ?",
        [](const Statement &s) { return s.get<QString>(0); }, row, page.chunk);
    if (!gap)
        return tl::unexpected(gap.error());
    if (!*gap || **gap != page.from)
        return {}; // the gap was filled or the room begun anew while the page was on its way
    m_afterOthers = true;
    const QList<RoomEvent> events = distinctEvents(page.events);
    if (page.chunk < 0)
        return backfillIsland(row, page, events, applied);
    const auto older = joins(row, events, page.chunk);
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
    const bool filled = *older || *begins;
    applied.timeline = at != first || filled; // a closed gap shows what is before it, or that the room begins
    if (*older)
        return join(row, page.chunk, **older);
    // Chunks that the page reaches beyond have moved into it, and so have the holes before them.
    PARVIS_TRY(dropEmptyChunks(row, page.chunk));
    return filled ? closeGap(row, page.chunk) : setNextToken(row, page, applied);
}

Result<void> TimelineWriter::setNextToken(qint64 row, const BackfillPage &page, RoomApplied &applied)
{
    if (!page.end.isEmpty() && page.end != page.from)
        return openGap(row, page.chunk, page.end);
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
