// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/pagination.h"

#include "events/decrypt_all.h"

#include <algorithm>
#include <limits>

namespace parvis::timeline {

Pagination::Pagination(Cache &cache, Decryptor &decryptor, HistorySource &source, RoomId room,
                       QObject *parent)
    : QObject(parent), m_cache(cache), m_decryptor(decryptor), m_source(source), m_room(std::move(room))
{
}

Task<bool> Pagination::fill(TimelinePlace place, int count)
{
    return begin(Which::Gap, place, count);
}

Task<bool> Pagination::fillHole(qint64 chunk, int count)
{
    return begin(Which::Hole, {chunk, 0}, count);
}

Task<bool> Pagination::begin(Which which, TimelinePlace place, int count)
{
    // One that begins now would ask for the same; one of the other kind waits for its turn.
    if (m_wishes.empty() || m_wishes.back().which != which)
        m_wishes.push_back({which, place, count, {}});
    m_wishes.back().promises.emplace_back();
    Task<bool> task = m_wishes.back().promises.back().task();
    if (m_wishes.size() == 1 && m_wishes.front().promises.size() == 1) {
        m_emptyPages = 0;
        ask();
    }
    return task;
}

void Pagination::ask()
{
    m_posted = false;
    const Wish &wish = m_wishes.front();
    const bool inside = wish.which == Which::Hole;
    const EventStore &events = m_cache.events();
    const auto gap = inside ? events.gapAt(m_room, wish.place.chunk) : events.gapBefore(m_room, wish.place);
    if (!gap)
        return finish(tl::unexpected(gap.error()));
    if (!*gap || (!inside && isSilent(**gap)))
        return finish(false);
    const auto from = placeToAskFrom(**gap);
    if (!from)
        return finish(tl::unexpected(from.error()));
    auto page = from->isEmpty() ? m_source.older(m_room, (*gap)->prevBatch, wish.count)
                                : m_source.before(m_room, *from, wish.count);
    std::move(page).then(
        this, [this, asked = **gap](Result<EventPage> answer) { answered(asked, std::move(answer)); });
}

Result<EventId> Pagination::placeToAskFrom(const Gap &gap) const
{
    if (!gap.cut || !gap.prevBatch.isEmpty())
        return EventId();
    constexpr qint64 least = std::numeric_limits<qint64>::min();
    const auto first = m_cache.events().idsFrom(m_room, {gap.chunk, least}, EventStore::theEnd, 1);
    if (!first)
        return tl::unexpected(first.error());
    const bool isThere = !first->isEmpty() && first->constFirst().first.chunk == gap.chunk;
    return isThere ? first->constFirst().second : EventId();
}

void Pagination::answered(const Gap &gap, Result<EventPage> page)
{
    if (!page && gap.cut && page.error().kind == ErrorKind::NotFound) {
        m_silent = gap; // the server keeps no more than this machine
        return finish(false);
    }
    if (!page)
        return finish(tl::unexpected(page.error()));
    const auto news = take(gap, *page);
    if (!news)
        return finish(tl::unexpected(news.error()));
    const bool silent = page->end.isEmpty() || page->end == gap.prevBatch;
    const bool inside = m_wishes.front().which == Which::Hole;
    if (silent && !inside)
        m_silent = gap; // of no meaning where the gap is closed now
    if (*news || (silent && inside))
        return finish(*news);
    if (++m_emptyPages >= mostEmptyPages)
        return finish(false);
    // By way of the event loop: a source may answer at once.
    if (!std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &Pagination::ask, Qt::QueuedConnection);
}

Result<bool> Pagination::take(const Gap &gap, const EventPage &page)
{
    auto events = decryptAll(m_decryptor, m_room, page.chunk);
    if (!events)
        return tl::unexpected(events.error());
    BackfillPage backfill{m_room, gap.chunk, gap.prevBatch, page.end, *std::move(events), {}};
    for (const Event &event : page.state) {
        if (event.type == event_type::member)
            backfill.members.append(event);
    }
    const auto done = m_cache.commit({.backfills = {backfill}});
    if (!done)
        return tl::unexpected(done.error());
    const auto &rooms = done->rooms;
    return std::any_of(rooms.cbegin(), rooms.cend(), [](const RoomApplied &one) { return one.timeline; });
}

void Pagination::finish(Result<bool> result)
{
    // It goes first: who hears of it may ask for more.
    Wish done = std::move(m_wishes.front());
    m_wishes.pop_front();
    m_emptyPages = 0;
    if (!m_wishes.empty() && !std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &Pagination::ask, Qt::QueuedConnection);
    for (Promise<bool> &promise : done.promises)
        promise.resolve(result);
}

} // namespace parvis::timeline
