// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/unreadable_lines.h"

namespace parvis {

namespace {

/// An older message is history, not late; wide enough for clocks that do not agree.
constexpr qint64 liveMs = 60'000;
/// More messages at once are no conversation.
constexpr qsizetype mostInGrace = 1'000;

} // namespace

void UnreadableLines::setWays(const KeyWays &ways)
{
    if (m_ways == ways)
        return;
    m_ways = ways;
    Q_EMIT changed();
}

UnreadableCause UnreadableLines::explain(const timeline::Item &item)
{
    if (item.isReadable())
        return {};
    return causeOf(item, m_ways,
                   {.beingFetched = m_parts.isBeingFetched(item.session), .justCame = justCame(item)});
}

bool UnreadableLines::isInGrace(const EventId &event) const
{
    const auto seen = m_firstSeen.constFind(event);
    const qint64 age = seen == m_firstSeen.cend() ? graceMs : m_parts.clock.nowMs() - *seen;
    return age >= 0 && age < graceMs;
}

bool UnreadableLines::justCame(const timeline::Item &item)
{
    const qint64 now = m_parts.clock.nowMs();
    const bool live = item.ts > now - liveMs && item.ts < now + liveMs;
    if (live && !m_firstSeen.contains(item.id) && m_firstSeen.size() < mostInGrace) {
        m_firstSeen.insert(item.id, now);
        // A coarse timer may be early.
        m_parts.delay.after(graceMs + graceMs / 10, this, [this] { Q_EMIT changed(); });
    }
    if (m_firstSeen.size() >= mostInGrace)
        m_firstSeen.removeIf([&](const auto &seen) { return now - seen.value() > liveMs; });
    return isInGrace(item.id);
}

} // namespace parvis
