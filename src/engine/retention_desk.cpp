// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/retention_desk.h"

#include "base/log.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <limits>

namespace parvis {

namespace {

constexpr int longestSliceMs = 8;    // of the core thread's 10
constexpr int betweenPurgesMs = 4;   // between two slices, for everything else
constexpr int afterChangeMs = 1'000; // after a change: more may follow it
constexpr int leastRows = 4, mostRows = 256;
constexpr qint64 oneDayMs = 24LL * 3600 * 1000;
constexpr qint64 looseMs = 3600 * 1000; // for what is not due to the minute
constexpr qint64 clockMs = 60'000;      // a machine that slept, or a clock that was set, is seen after that
constexpr int pagesEach = 32;           // of the file, or of the index, a slice
constexpr qint64 roomsEach = 256;       // are looked through a slice
constexpr qint64 fewFreePages = 256;    // are of use to what comes next
// So many of the newest events of each room stay, in the first round and in the second.
constexpr std::array keptEachRound{100, 20};

} // namespace

RetentionDesk::RetentionDesk(Parts parts, Rules rules)
    : m_parts(parts),
      m_rules{.keptDays = rules.keptDays,
              .maxBytes = rules.maxBytes > 0 ? std::max(rules.maxBytes, leastBytes) : 0},
      m_store(parts.database),
      m_space(parts.database),
      m_wipe(parts.database)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &RetentionDesk::slice);
    parts.cache.subscribe(this, [this](const AppliedChanges &) { wake(afterChangeMs); });
}

void RetentionDesk::beforeShowing(int ms)
{
    QElapsedTimer took;
    took.start();
    while (took.elapsed() < ms) {
        const auto more = expire();
        if (!more)
            qCWarning(log::store) << "what expired cannot be taken out:" << more.error().code;
        if (!more || !*more)
            return;
    }
}

void RetentionDesk::start()
{
    const bool first = !std::exchange(m_started, true);
    wake(first ? afterChangeMs : 0);
}

void RetentionDesk::wake(qint64 ms)
{
    if (!m_started || (m_timer.isActive() && m_timer.remainingTime() <= ms))
        return;
    m_timer.start(int(ms));
}

void RetentionDesk::opened(const RoomId &room)
{
    Visit &visit = m_visits[room];
    if (++visit.open > 1)
        return;
    visit.lastRow = m_store.lastRow().value_or(0);
    if (const auto noted = m_store.noteOpened(room, m_parts.clock.nowMs()); !noted)
        qCWarning(log::store) << "a visit is not noted:" << noted.error().code;
}

void RetentionDesk::closed(const RoomId &room)
{
    const auto visit = m_visits.find(room);
    if (visit == m_visits.end() || --visit->open > 0)
        return;
    m_visits.erase(visit);
    m_agedMs = 0;
    wake(clockMs); // what was only kept for it
}

void RetentionDesk::slice()
{
    QElapsedTimer took;
    took.start();
    const auto more = step();
    if (!more) {
        // A full disk or a damaged cache is told elsewhere.
        qCWarning(log::store) << "old messages cannot be taken out:" << more.error().code;
        m_phase = Phase::Expire;
        return wake(clockMs);
    }
    m_most = std::clamp(took.elapsed() > longestSliceMs ? m_most / 2 : m_most * 2, leastRows, mostRows);
    if (*more)
        return m_timer.start(betweenPurgesMs);
    rest();
}

Result<bool> RetentionDesk::step()
{
    for (;;) {
        const auto more = inPhase();
        if (!more || *more)
            return more;
        if (m_phase == Phase::Done) {
            m_phase = Phase::Expire;
            return false;
        }
        m_phase = Phase(int(m_phase) + 1);
    }
}

Result<bool> RetentionDesk::inPhase()
{
    switch (m_phase) {
    case Phase::Expire:
        return expire();
    case Phase::Age:
        return age();
    case Phase::Shrink:
        return shrink();
    case Phase::Wipe:
        return wipe();
    case Phase::GiveBack:
        return giveBack();
    case Phase::Done:
        return false;
    }
    Q_UNREACHABLE();
    return false;
}

Result<bool> RetentionDesk::take(PurgedRows rows)
{
    if (rows.rows.isEmpty())
        return false;
    const auto applied = m_parts.cache.commit({.purges = {std::move(rows)}});
    if (!applied)
        return tl::unexpected(applied.error());
    for (const RoomApplied &room : applied->rooms)
        m_purged += room.purged.size();
    m_wentOn = true;
    return true;
}

Result<bool> RetentionDesk::expire()
{
    auto rows = m_store.expired(m_parts.clock.nowMs(), m_most);
    if (!rows)
        return tl::unexpected(rows.error());
    return *rows ? take(*std::move(*rows)) : Result<bool>(false);
}

qint64 RetentionDesk::oldestMs() const
{
    return m_parts.clock.nowMs() - m_rules.keptDays * oneDayMs;
}

Result<bool> RetentionDesk::age()
{
    const qint64 now = m_parts.clock.nowMs();
    const bool lately = m_agedUpTo == 0 && m_agedMs <= now && now - m_agedMs < looseMs;
    if (m_rules.keptDays <= 0 || lately)
        return false;
    const auto room = m_store.nextAged(oldestMs(), m_agedUpTo, m_agedUpTo + roomsEach);
    const auto last = m_store.lastRoom();
    if (!room || !last)
        return tl::unexpected(!room ? room.error() : last.error());
    if (*room) {
        const auto visit = m_visits.constFind((*room)->id);
        const qint64 until = visit == m_visits.cend() ? std::numeric_limits<qint64>::max() : visit->lastRow;
        auto rows = m_store.aged(**room, oldestMs(), now, until, m_most);
        if (!rows)
            return tl::unexpected(rows.error());
        if (!rows->rows.isEmpty())
            return take(*std::move(rows));
    }
    m_agedUpTo = *room ? (*room)->row : m_agedUpTo + roomsEach;
    if (m_agedUpTo < *last)
        return true;
    m_agedUpTo = 0;
    m_agedMs = now;
    return false;
}

Result<bool> RetentionDesk::shrink()
{
    if (m_rules.maxBytes <= 0)
        return false;
    const auto pagesNow = m_space.pages();
    if (!pagesNow)
        return tl::unexpected(pagesNow.error());
    const qint64 target = m_round == 0 ? m_rules.maxBytes : m_rules.maxBytes / 1000 * perMilleLeft;
    if (pagesNow->usedBytes() <= target) {
        m_round = 0;
        m_victims.clear();
        return false;
    }
    for (;;) {
        if (m_victims.isEmpty()) {
            if (m_round == int(keptEachRound.size())) {
                qCWarning(log::store) << "the cache cannot be made as small as it should be";
                m_round = 0;
                return false;
            }
            const auto all = m_store.leastUsed(m_parts.clock.nowMs());
            if (!all)
                return tl::unexpected(all.error());
            if (all->isEmpty())
                return false;
            m_victims = *all;
            ++m_round;
        }
        auto rows =
            m_store.oldest(m_victims.constFirst(), keptEachRound.at(std::size_t(m_round - 1)), m_most);
        if (!rows)
            return tl::unexpected(rows.error());
        if (!rows->rows.isEmpty())
            return take(*std::move(rows));
        m_victims.removeFirst();
    }
}

Result<bool> RetentionDesk::wipe()
{
    const auto wanted = m_wipe.isWanted();
    const auto last = m_wipe.lastMs();
    if (!wanted || !last)
        return tl::unexpected(!wanted ? wanted.error() : last.error());
    // Once a day, for all that left in the meantime: it is the whole index that is written anew.
    const qint64 now = m_parts.clock.nowMs();
    if (!*wanted || (*last <= now && now - *last < oneDayMs))
        return false;
    m_wentOn = true;
    return m_wipe.step(pagesEach, now);
}

Result<bool> RetentionDesk::giveBack()
{
    if (!m_wentOn && m_knowsPages)
        return false;
    // Inside a transaction that others keep open nothing of the log goes.
    if (const auto settled = m_parts.cache.settle(); !settled)
        return tl::unexpected(settled.error());
    const auto shrinks = m_space.canShrink();
    const auto pagesNow = m_space.pages();
    if (!shrinks || !pagesNow)
        return tl::unexpected(!shrinks ? shrinks.error() : pagesNow.error());
    if (*shrinks && pagesNow->free > fewFreePages) {
        m_wentOn = true;
        return m_space.giveBack(pagesEach).map([](bool) { return true; });
    }
    m_knowsPages = true;
    if (!m_wentOn)
        return false;
    return m_space.emptyLog().map([this] {
        m_wentOn = false;
        return false;
    });
}

void RetentionDesk::rest()
{
    qCDebug(log::store) << "nothing is left that is too old;" << m_purged << "events went since the start";
    const auto next = m_store.nextExpiry();
    if (!next)
        return wake(clockMs);
    qint64 ms = m_rules.keptDays > 0 || m_rules.maxBytes > 0 ? looseMs : oneDayMs;
    if (*next)
        ms = std::clamp<qint64>(**next - m_parts.clock.nowMs() + 1, 1, clockMs);
    wake(ms);
}

} // namespace parvis
