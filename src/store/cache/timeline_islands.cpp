// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Stretches that were looked up somewhere in the past, and how they become part of the rest.
#include "store/cache/timeline_writer_p.h"
#include "store/cache/try_p.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace parvis {

Result<std::optional<TimelinePlace>> TimelineWriter::lastShown(qint64 row, qint64 chunk)
{
    // What is kept stands at the end only until the server shows its place.
    return m_database.one(
        "SELECT chunk, place FROM events WHERE room = ? AND chunk = ? AND kept = 0 ORDER BY place DESC LIMIT "
        "1",
        [](const Statement &s) {
            return TimelinePlace{s.get<qint64>(0), s.get<qint64>(1)};
        },
        row, chunk);
}

Result<std::optional<TimelineWriter::Known>> TimelineWriter::contact(qint64 row, qint64 chunk,
                                                                     const EventId &id)
{
    auto was = known(row, id);
    if (was && *was && (!(*was)->hasPlace() || (*was)->place.chunk == chunk))
        return std::optional<Known>();
    return was;
}

Result<void> TimelineWriter::island(qint64 row, const IslandPage &page, RoomApplied &applied)
{
    const QList<RoomEvent> events = distinctEvents(page.events);
    const auto isTarget = [&](const RoomEvent &event) { return event.event.id == page.target; };
    const auto at = std::find_if(events.cbegin(), events.cend(), isTarget);
    const auto target = known(row, page.target);
    if (!target)
        return tl::unexpected(target.error());
    if (at == events.cend() || (*target && (*target)->hasPlace()))
        return {}; // it came by another way while the page was on its own
    const auto lowest = m_database.one(
        "SELECT min(coalesce((SELECT min(chunk) FROM events WHERE room = ?1 AND chunk > ?2), 0),"
        " coalesce((SELECT min(chunk) FROM gaps WHERE room = ?1), 0), 0)",
        [](const Statement &s) { return s.get<qint64>(0); }, row, TimelinePlace::looseChunk);
    if (!lowest)
        return tl::unexpected(lowest.error());
    const qint64 chunk = lowest->value_or(0) - 1;
    // From the target to both sides, until something is known: there it goes on without a hole.
    std::optional<Known> older, newer;
    auto first = at;
    while (first != events.cbegin() && !older) {
        const auto found = contact(row, chunk, std::prev(first)->event.id);
        if (!found)
            return tl::unexpected(found.error());
        older = *found;
        first -= older ? 0 : 1;
    }
    auto end = std::next(at);
    for (; end != events.cend() && !newer; end += newer ? 0 : 1) {
        const auto found = contact(row, chunk, end->event.id);
        if (!found)
            return tl::unexpected(found.error());
        newer = *found;
    }
    m_afterOthers = true;
    applied.timeline = true;
    for (auto it = first; it != end; ++it)
        PARVIS_TRY(place(row, TimelinePlace{chunk, it - first}, *it, applied));
    const auto begins = beginsWithRoom(row, chunk);
    if (!begins)
        return tl::unexpected(begins.error());
    if (!*begins)
        PARVIS_TRY(m_database.run("INSERT INTO gaps (room, chunk, prev_batch, in_clear) VALUES (?, ?, ?, ?)",
                                  row, chunk, page.from, page.inClear));
    qint64 home = chunk;
    if (older) {
        const auto joined = joinBack(row, chunk, older->place);
        if (!joined)
            return tl::unexpected(joined.error());
        home = *joined;
    }
    // Joining may have moved it as well.
    const auto after = newer ? known(row, end->event.id) : Result<std::optional<Known>>(std::nullopt);
    if (!after || !*after)
        return after ? Result<void>() : tl::unexpected(after.error());
    return joinForward(row, home, (*after)->place).map([](bool) {});
}

Result<void> TimelineWriter::backfillIsland(qint64 row, const BackfillPage &page,
                                            const QList<RoomEvent> &events, RoomApplied &applied)
{
    const auto start = edge(row, false, page.chunk);
    if (!start)
        return tl::unexpected(start.error());
    const qint64 first = *start ? (*start)->place - 1 : -1;
    qint64 at = first;
    std::optional<Known> older;
    for (const RoomEvent &event : events) {
        const auto was = known(row, event.event.id);
        if (!was)
            return tl::unexpected(was.error());
        if (*was && (*was)->hasPlace() && (*was)->place.chunk != page.chunk) {
            older = **was;
            break;
        }
        if (*was && (*was)->hasPlace())
            PARVIS_TRY(update(row, event, **was, applied));
        else
            PARVIS_TRY(place(row, TimelinePlace{page.chunk, at--}, event, applied));
    }
    const auto begins = beginsWithRoom(row, page.chunk);
    if (!begins)
        return tl::unexpected(begins.error());
    applied.timeline = at != first || *begins || older;
    if (older)
        return joinBack(row, page.chunk, older->place).map([](qint64) {});
    if (*begins)
        return closeGap(row, page.chunk);
    return page.end.isEmpty() || page.end == page.from ? ended(row, page.chunk, {}, applied)
                                                       : openGap(row, page.chunk, page.end);
}

Result<void> TimelineWriter::forward(qint64 row, const ForwardPage &page, RoomApplied &applied)
{
    const auto after = known(row, page.after);
    const auto newest = lastChunk(row);
    if (!after || !newest)
        return tl::unexpected(!after ? after.error() : newest.error());
    if (!*after || (*after)->place.isLoose())
        return {};
    const qint64 chunk = (*after)->place.chunk;
    const auto last = lastShown(row, chunk);
    if (!last)
        return tl::unexpected(last.error());
    // Where it went on in the meantime the page is stale; what follows on the newest the synchronisation
    // says.
    if (*last != (*after)->place || *newest == chunk)
        return {};
    m_afterOthers = true;
    qint64 at = (*last)->place + 1;
    const QList<RoomEvent> events = distinctEvents(page.events);
    for (const RoomEvent &event : events) {
        const auto was = known(row, event.event.id);
        if (!was)
            return tl::unexpected(was.error());
        const bool isKnown = *was && (*was)->hasPlace();
        const bool isBefore =
            isKnown && chunk >= 0 && (*was)->place.chunk >= 0 && (*was)->place.chunk <= chunk;
        if (isBefore || (isKnown && (*was)->place.chunk == chunk)) {
            PARVIS_TRY(update(row, event, **was, applied)); // a server that repeats itself
        } else if (isKnown) {
            const auto joined = joinForward(row, chunk, (*was)->place);
            if (!joined)
                return tl::unexpected(joined.error());
            applied.timeline = applied.timeline || *joined;
            return {};
        } else {
            PARVIS_TRY(place(row, TimelinePlace{chunk, at++}, event, applied));
            applied.timeline = true;
        }
    }
    return {};
}

Result<void> TimelineWriter::loose(qint64 row, const LooseEvents &page, RoomApplied &applied)
{
    constexpr qint64 chunk = TimelinePlace::looseChunk;
    const auto first = edge(row, false, chunk);
    if (!first)
        return tl::unexpected(first.error());
    m_afterOthers = true;
    qint64 at = *first ? (*first)->place : 0;
    const QList<RoomEvent> events = distinctEvents(page.events);
    for (const RoomEvent &event : events) {
        const auto was = known(row, event.event.id);
        if (!was)
            return tl::unexpected(was.error());
        if (*was) {
            PARVIS_TRY(update(row, event, **was, applied));
        } else {
            PARVIS_TRY(place(row, TimelinePlace{chunk, --at}, event, applied));
            applied.timeline = true;
        }
    }
    return {};
}

Result<qint64> TimelineWriter::joinBack(qint64 row, qint64 island, TimelinePlace older)
{
    if (older.isOnIsland()) {
        const auto first = edge(row, false, island);
        if (!first)
            return tl::unexpected(first.error());
        PARVIS_TRY(moveBefore(row, older.chunk, first->value_or(TimelinePlace{island, 0})));
        PARVIS_TRY(takeGap(row, older.chunk, island));
        return island;
    }
    PARVIS_TRY(moveBehind(row, island, older));
    PARVIS_TRY(closeGap(row, island));
    return older.chunk;
}

Result<bool> TimelineWriter::joinForward(qint64 row, qint64 chunk, TimelinePlace newer)
{
    if (newer.chunk == chunk)
        return false;
    if (newer.isOnIsland()) {
        const auto last = lastShown(row, chunk);
        if (!last || !*last)
            return last ? Result<bool>(false) : tl::unexpected(last.error());
        PARVIS_TRY(moveBehind(row, newer.chunk, **last));
        PARVIS_TRY(closeGap(row, newer.chunk));
        return true;
    }
    if (chunk >= 0)
        return closeGapAfter(row, chunk, newer.chunk);
    const auto first = edge(row, false, newer.chunk);
    if (!first)
        return tl::unexpected(first.error());
    PARVIS_TRY(moveBefore(row, chunk, newer));
    if (*first == newer)
        PARVIS_TRY(takeGap(row, chunk, newer.chunk));
    else
        PARVIS_TRY(closeGap(row, chunk)); // in the middle of what is without a hole
    return true;
}

Result<bool> TimelineWriter::closeGapAfter(qint64 row, qint64 chunk, qint64 next)
{
    // A server that leaves out a whole chunk closes nothing.
    const auto following = m_database.one(
        "SELECT min(chunk) FROM events WHERE room = ? AND chunk > ? HAVING min(chunk) IS NOT NULL",
        [](const Statement &s) { return s.get<qint64>(0); }, row, chunk);
    if (!following)
        return tl::unexpected(following.error());
    if (*following != next)
        return false;
    PARVIS_TRY(closeGap(row, next));
    return true;
}

Result<void> TimelineWriter::takeGap(qint64 row, qint64 from, qint64 chunk)
{
    PARVIS_TRY(closeGap(row, chunk));
    return m_database.run("UPDATE gaps SET chunk = ? WHERE room = ? AND chunk = ?", chunk, row, from);
}

Result<void> TimelineWriter::moveBehind(qint64 row, qint64 from, TimelinePlace place)
{
    const auto next = m_database.one(
        "SELECT chunk, place FROM events WHERE room = ? AND chunk = ? AND place > ? ORDER BY place LIMIT 1",
        [](const Statement &s) {
            return TimelinePlace{s.get<qint64>(0), s.get<qint64>(1)};
        },
        row, place.chunk, place.place);
    if (!next)
        return tl::unexpected(next.error());
    return *next ? moveBefore(row, from, **next) : moveTo(row, from, {place.chunk, place.place + 1});
}

Result<void> TimelineWriter::moveBefore(qint64 row, qint64 from, TimelinePlace place)
{
    const auto first = edge(row, false, from);
    const auto last = edge(row, true, from);
    if (!first || !last)
        return tl::unexpected(!first ? first.error() : last.error());
    if (!*first || !*last)
        return {};
    const qint64 span = (*last)->place - (*first)->place + 1;
    // What stands before it makes room; by way of places that nobody has, for each has its own.
    constexpr qint64 aside = Q_INT64_C(1) << 60;
    PARVIS_TRY(
        m_database.run("UPDATE events SET place = place - ? WHERE room = ? AND chunk = ? AND place < ?",
                       aside, row, place.chunk, place.place));
    PARVIS_TRY(
        m_database.run("UPDATE events SET place = place + ? WHERE room = ? AND chunk = ? AND place < ?",
                       aside - span, row, place.chunk, -(aside >> 1)));
    return moveTo(row, from, {place.chunk, place.place - span});
}

Result<void> TimelineWriter::moveTo(qint64 row, qint64 from, TimelinePlace first)
{
    const auto start = edge(row, false, from);
    const auto encryption = m_database.one(
        "SELECT 1 FROM events WHERE room = ? AND chunk = ? AND type = 'm.room.encryption' AND state_key = ''"
        " LIMIT 1",
        [](const Statement &s) { return s.get<bool>(0); }, row, from);
    if (!start || !encryption)
        return tl::unexpected(!start ? start.error() : encryption.error());
    if (!*start)
        return {};
    PARVIS_TRY(m_database.run("UPDATE events SET chunk = ?, place = place + ? WHERE room = ? AND chunk = ?",
                              first.chunk, first.place - (*start)->place, row, from));
    return *encryption ? firstEncryption(row) : Result<void>();
}

} // namespace parvis
