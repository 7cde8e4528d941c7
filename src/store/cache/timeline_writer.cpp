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
    m_afterOthers = last->has_value();
    const auto chunk = chunkFor(row, *last, events, changes, first);
    if (!chunk)
        return tl::unexpected(chunk.error());
    applied.timeline = true;
    const auto end = edge(row, true, *chunk);
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
        PARVIS_TRY(place(row, TimelinePlace{*chunk, at++}, *it, applied));
    }
    m_encrypted = m_reachesBehind = false;
    return dropEmptyChunks(row, *chunk).map([](Behind) {});
}

Result<qint64> TimelineWriter::chunkFor(qint64 row, std::optional<qint64> last,
                                        const QList<RoomEvent> &events, const RoomChanges &changes,
                                        const std::optional<Known> &first)
{
    const qint64 chunk = last.value_or(0);
    // Begins in what is there: nothing can be missing in between, but what came late from another server.
    const auto joined = first ? isBeforeTheEnd(row, *first, chunk) : Result<bool>(false);
    if (!joined)
        return tl::unexpected(joined.error());
    if (!*joined && (changes.limited || (!last && !changes.prevBatch.isEmpty()))) {
        const qint64 next = last ? chunk + 1 : 0;
        return openGap(row, next, changes.prevBatch).map([next] { return next; });
    }
    if (!*joined || !changes.limited)
        return chunk;
    const auto inARow = overlapAhead(row, events, first->place);
    if (!inARow || *inARow == 0)
        return inARow.map([chunk](qint64) { return chunk; });
    return openGap(row, chunk + 1, changes.prevBatch, *inARow, Behind::Met).map([chunk] {
        return chunk + 1;
    });
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

} // namespace parvis
