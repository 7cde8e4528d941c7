// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/pagination.h"

#include "events/decrypt_all.h"

#include <algorithm>

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

Task<bool> Pagination::fillHole(TimelinePlace place, int count)
{
    return begin(Which::Hole, place, count);
}

Task<bool> Pagination::begin(Which which, TimelinePlace place, int count)
{
    m_waiting.emplace_back();
    Task<bool> task = m_waiting.back().task();
    if (m_waiting.size() == 1) {
        m_which = which;
        m_place = place;
        m_count = count;
        m_emptyPages = 0;
        ask();
    }
    return task;
}

void Pagination::ask()
{
    m_posted = false;
    const EventStore &events = m_cache.events();
    const auto gap =
        m_which == Which::Hole ? events.holeBefore(m_room, m_place) : events.gapBefore(m_room, m_place);
    if (!gap)
        return finish(tl::unexpected(gap.error()));
    if (!*gap || isSilent(**gap))
        return finish(false);
    m_source.older(m_room, (*gap)->prevBatch, m_count)
        .then(this, [this, asked = **gap](Result<EventPage> page) { answered(asked, std::move(page)); });
}

void Pagination::answered(const Gap &gap, Result<EventPage> page)
{
    if (!page)
        return finish(tl::unexpected(page.error()));
    const auto news = take(gap, *page);
    if (!news)
        return finish(tl::unexpected(news.error()));
    if (page->end.isEmpty() || page->end == gap.prevBatch)
        m_silent = gap; // of no meaning where the gap is closed now
    if (*news)
        return finish(true);
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
    for (Promise<bool> &promise : std::exchange(m_waiting, {}))
        promise.resolve(result);
}

} // namespace parvis::timeline
