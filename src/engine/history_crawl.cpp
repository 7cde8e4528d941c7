// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/history_crawl.h"

#include "base/log.h"

#include <algorithm>
#include <limits>

namespace parvis {

namespace {

constexpr qint64 dayMs = 24LL * 3600 * 1000;
constexpr int afterFailureMs = 60'000;
constexpr int onBatteryMs = 300'000; // until it is looked at again

} // namespace

HistoryCrawl::HistoryCrawl(Parts parts, Rules rules)
    : m_parts(std::move(parts)), m_rules(rules), m_store(m_parts.database)
{
    m_parts.cache.subscribe(this, [this](const AppliedChanges &changes) { follow(changes); });
}

void HistoryCrawl::start()
{
    if (std::exchange(m_started, true))
        return;
    if (m_rules.days <= 0)
        return tell(HistoryFetching::State::Off);
    plan(m_rules.startMs);
}

void HistoryCrawl::setOnline(bool online)
{
    if (std::exchange(m_online, online) == online || !m_started || !online)
        return;
    plan(m_loaded ? m_rules.pauseMs : m_rules.startMs);
}

void HistoryCrawl::hurry()
{
    if (m_started && !m_loaded)
        plan(0);
}

void HistoryCrawl::plan(int ms)
{
    m_parts.delay.after(ms, this, [this, mine = ++m_plan] {
        if (mine == m_plan)
            step();
    });
}

qint64 HistoryCrawl::sinceMs() const
{
    return m_parts.clock.nowMs() - m_rules.days * dayMs;
}

bool HistoryCrawl::isFull() const
{
    return m_rules.maxBytes > 0 && m_parts.database.bytesOnDisk() >= m_rules.maxBytes;
}

void HistoryCrawl::tell(HistoryFetching::State state)
{
    m_state.set({.state = state, .roomsLeft = qint64(m_waiting.size())});
}

void HistoryCrawl::step()
{
    if (m_page || !m_online || m_rules.days <= 0)
        return;
    if (!m_loaded)
        load();
    if (!m_loaded)
        return plan(afterFailureMs); // nobody knows yet whether anything is missing
    if (isFull())
        return tell(HistoryFetching::State::Full);
    if (m_parts.onBattery && m_parts.onBattery()) {
        tell(HistoryFetching::State::Paused);
        return plan(onBatteryMs);
    }
    const auto frontier = next();
    if (!frontier)
        return tell(HistoryFetching::State::Done);
    tell(HistoryFetching::State::Fetching);
    fetch(*frontier);
}

void HistoryCrawl::load()
{
    const auto frontiers = m_store.frontiers();
    if (!frontiers) {
        qCWarning(log::store) << "what history is missing cannot be read:" << frontiers.error().code;
        return;
    }
    m_loaded = true;
    for (const SearchFrontier &frontier : *frontiers)
        add(frontier);
}

void HistoryCrawl::add(const SearchFrontier &frontier)
{
    if (frontier.ts >= sinceMs() && !isGiven(frontier))
        m_waiting.emplace(frontier.ts, frontier.room);
}

bool HistoryCrawl::isGiven(const SearchFrontier &frontier) const
{
    const auto ended = m_ended.constFind(frontier.room);
    return m_given.contains(frontier.room) || (ended != m_ended.cend() && *ended == frontier.place);
}

void HistoryCrawl::follow(const AppliedChanges &changes)
{
    if (!m_loaded)
        return;
    bool more = false;
    for (const RoomApplied &room : changes.rooms) {
        // A new hole, at the end of what is here.
        if (room.limited && !room.gone) {
            m_waiting.emplace(std::numeric_limits<qint64>::max(), room.id);
            more = true;
        }
    }
    if (more && !m_page && m_state.get().state == HistoryFetching::State::Done)
        plan(m_rules.pauseMs);
}

std::optional<SearchFrontier> HistoryCrawl::next()
{
    while (!m_waiting.empty()) {
        const auto last = std::prev(m_waiting.end());
        const RoomId room = last->second;
        m_waiting.erase(last);
        const auto frontier = m_store.frontier(room);
        if (frontier && *frontier && (*frontier)->ts >= sinceMs() && !isGiven(**frontier))
            return **frontier;
    }
    return {};
}

void HistoryCrawl::fetch(const SearchFrontier &frontier)
{
    m_askedMs = m_parts.clock.nowMs();
    m_page = std::make_unique<timeline::Pagination>(m_parts.cache, m_parts.decryptor, m_parts.source,
                                                    frontier.room);
    m_page->fillHole(frontier.place.chunk, m_rules.pageEvents)
        .then(this, [this, frontier](const Result<bool> &news) {
            // In a turn of its own: this is called from inside the page.
            QMetaObject::invokeMethod(
                this, [this, frontier, news] { fetched(frontier, news); }, Qt::QueuedConnection);
        });
}

void HistoryCrawl::fetched(const SearchFrontier &frontier, const Result<bool> &news)
{
    m_page.reset();
    if (!news)
        return failed(frontier, news.error());
    if (const auto left = m_store.frontier(frontier.room); left && *left) {
        // Nothing new, and the hole is still there: this server turns in circles, or has no more itself.
        if (!*news && (*left)->place == frontier.place)
            m_ended.insert(frontier.room, frontier.place);
        add(**left);
    }
    // A server that takes long has more to do than this.
    const qint64 took = m_parts.clock.nowMs() - m_askedMs;
    plan(int(std::clamp<qint64>(2 * took, m_rules.pauseMs, afterFailureMs)));
}

void HistoryCrawl::failed(const SearchFrontier &frontier, const Error &error)
{
    // What the server refuses, or answers with nonsense, is this room's; everything else would meet the next.
    if (error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::NotFound
        || error.kind == ErrorKind::Protocol || error.kind == ErrorKind::TooLarge)
        m_given.insert(frontier.room);
    else
        m_waiting.emplace(frontier.ts, frontier.room);
    const bool given = m_given.contains(frontier.room);
    plan(given ? m_rules.pauseMs
               : std::max<int>(afterFailureMs, int(std::min<qint64>(error.retryAfterMs, 3'600'000))));
}

} // namespace parvis
