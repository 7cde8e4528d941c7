// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The stretch of the past that a conversation shows after somebody went there.
#include "timeline/room_timeline.h"

using namespace Qt::StringLiterals;

namespace parvis::timeline {

Task<void> RoomTimeline::goTo(const EventId &event)
{
    const int jump = ++m_jumps;
    return m_excursion.goTo(event).andThen(this, [this, event, jump] { return arrive(event, jump); });
}

Task<EventId> RoomTimeline::goToTime(qint64 ts)
{
    const int jump = ++m_jumps;
    return m_excursion.nearest(ts).andThen(this, [this, jump](const EventId &event) {
        return m_excursion.goTo(event).andThen(
            this, [this, event, jump] { return arrive(event, jump).map([event] { return event; }); });
    });
}

Result<void> RoomTimeline::arrive(const EventId &event, int jump)
{
    if (jump != m_jumps || !m_thread.isEmpty()) // a thread is no place to go from
        return fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s);
    const auto place = m_cache.events().placeOf(m_room, event);
    if (!place)
        return tl::unexpected(place.error());
    if (!*place || (*place)->isLoose()) // the server's page was about something else
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s);
    for (const Row &row : std::as_const(m_rows)) {
        if (row.id == event)
            return {}; // it is here
    }
    if (const auto moved = moveTo(event, **place); !moved)
        return moved;
    if (const auto done = readEdges(); !done)
        return done;
    m_items.reset(lines());
    return {};
}

Result<void> RoomTimeline::moveTo(const EventId &event, TimelinePlace place)
{
    const auto older = m_cache.events().before(m_room, place, firstPage / 2);
    const auto newer = m_cache.events().after(m_room, place, firstPage / 2);
    const auto target = m_cache.events().event(m_room, event);
    if (!older || !newer || !target)
        return tl::unexpected(!older ? older.error() : !newer ? newer.error() : target.error());
    QList<TimelineRow> all = *older;
    if (*target)
        all.append(**target);
    all += *newer;
    m_target = event;
    m_first = older->isEmpty() ? place : older->first().place;
    m_last = newer->isEmpty() ? place : newer->last().place;
    m_rows.clear();
    m_built.clear();
    if (const auto done = readEncryption(); !done)
        return done;
    if (const auto added = add(all, m_rows); !added)
        return tl::unexpected(added.error());
    return joinNewest();
}

Result<void> RoomTimeline::joinNewest()
{
    const auto end = m_cache.events().stretchEnd(m_room, *m_last);
    if (!end)
        return tl::unexpected(end.error());
    if (*end != EventStore::theEnd)
        return {};
    const auto more = m_cache.events().after(m_room, *m_last, 1);
    if (!more)
        return tl::unexpected(more.error());
    if (more->isEmpty())
        m_last.reset();
    return {};
}

Result<void> RoomTimeline::findWindow()
{
    if (!m_last)
        return {};
    const auto place = [this](const EventId &id) { return m_cache.events().placeOf(m_room, id); };
    // Some of it may have expired: what is left counts.
    const auto firstOf = [&](auto from, auto to) {
        auto found = Result<std::optional<TimelinePlace>>();
        for (; from != to && found && !*found; ++from)
            found = place(from->id);
        return found;
    };
    const auto first = firstOf(m_rows.cbegin(), m_rows.cend());
    const auto last = firstOf(m_rows.crbegin(), m_rows.crend());
    if (!first || !last)
        return tl::unexpected(!first ? first.error() : last.error());
    if (*first && *last && **first <= **last) {
        const auto firstEnd = m_cache.events().stretchEnd(m_room, **first);
        const auto lastEnd = m_cache.events().stretchEnd(m_room, **last);
        if (!firstEnd || !lastEnd)
            return tl::unexpected(!firstEnd ? firstEnd.error() : lastEnd.error());
        // A row that was sent once more may stand far from where it was, with a whole room in between.
        const qsizetype most = m_rows.size() + 2 * firstPage;
        const auto between = m_cache.events().idsFrom(m_room, **first, **last, most + 1);
        if (!between)
            return tl::unexpected(between.error());
        if (*firstEnd == *lastEnd && between->size() <= most) {
            m_first = **first;
            m_last = **last;
            return joinNewest();
        }
    }
    // A server that contradicts itself has torn it apart: what is around the target counts.
    const auto target = place(m_target);
    if (!target)
        return tl::unexpected(target.error());
    if (*target)
        return moveTo(m_target, **target);
    m_last.reset();
    m_first.reset();
    m_rows.clear();
    return {};
}

Result<void> RoomTimeline::backToNewest()
{
    ++m_jumps;
    return m_last ? open() : Result<void>();
}

Result<int> RoomTimeline::newerFromCache(int count)
{
    const auto rows = m_cache.events().after(m_room, *m_last, count);
    if (!rows)
        return tl::unexpected(rows.error());
    if (!rows->isEmpty())
        m_last = rows->last().place;
    const auto lines = add(*rows, m_rows);
    if (!lines)
        return lines;
    if (const auto joined = joinNewest(); !joined)
        return tl::unexpected(joined.error());
    return lines;
}

Task<int> RoomTimeline::paginateForward(int count)
{
    return pageForward(count, 0);
}

Task<int> RoomTimeline::pageForward(int count, int round)
{
    if (!m_last)
        return Task<int>::ready(0);
    const auto lines = newerFromCache(count);
    if (!lines)
        return Task<int>::ready(tl::unexpected(lines.error()));
    if (const auto done = readEdges(); !done)
        return Task<int>::ready(tl::unexpected(done.error()));
    publish();
    if (*lines > 0 || !m_last || round >= mostRounds || m_rows.isEmpty())
        return Task<int>::ready(*lines);
    return m_excursion.goOn(m_rows.last().id, count).andThen(this, [this, count, round](bool found) {
        return found ? pageForward(count, round + 1) : Task<int>::ready(0);
    });
}

} // namespace parvis::timeline
