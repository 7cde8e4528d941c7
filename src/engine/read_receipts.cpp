// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/read_receipts.h"

#include "api/receipts.h"
#include "base/log.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// How far back somebody else's event is looked for before an own one.
constexpr int lookBack = 100;

} // namespace

ReadReceipts::ReadReceipts(ApiClient &api, Cache &cache, const Clock &clock)
    : m_api(api), m_cache(cache), m_clock(clock)
{
}

Result<void> ReadReceipts::markRead(const RoomId &room, const EventId &event, ReceiptKind kind)
{
    const auto there = m_cache.events().event(room, event);
    if (!there)
        return tl::unexpected(there.error());
    if (!*there)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s);
    const auto found = target(room, event);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return {};
    const auto known = m_cache.rooms().room(room);
    if (!known)
        return tl::unexpected(known.error());
    if (*known && !(*known)->readUpTo.isEmpty()) {
        const auto before = m_cache.events().event(room, (*known)->readUpTo);
        if (before && *before && (*found)->place <= (*before)->place)
            return {};
    }
    const EventId id = (*found)->event.event.id;
    StateChanges changes;
    changes.rooms.append(
        {.id = room,
         .receipts = {{.user = m_cache.own(),
                       .event = id,
                       .type = kind == ReceiptKind::Public ? u"m.read"_s : u"m.read.private"_s,
                       .thread = {},
                       .ts = m_clock.nowMs()}}});
    if (auto done = m_cache.commit(changes); !done)
        return tl::unexpected(done.error());
    m_wanted.insert(room, {id, kind});
    tell(room);
    return {};
}

Result<void> ReadReceipts::markAllRead(const RoomId &room)
{
    const auto rows = m_cache.events().newest(room, 1);
    if (!rows)
        return tl::unexpected(rows.error());
    return rows->isEmpty() ? Result<void>() : markRead(room, rows->constLast().event.event.id);
}

Result<std::optional<TimelineRow>> ReadReceipts::target(const RoomId &room, const EventId &event) const
{
    auto row = m_cache.events().event(room, event);
    if (!row || !*row || (*row)->event.event.sender != m_cache.own())
        return row;
    const auto earlier = m_cache.events().before(room, (*row)->place, lookBack);
    if (!earlier)
        return tl::unexpected(earlier.error());
    const auto theirs = std::find_if(earlier->crbegin(), earlier->crend(), [this](const TimelineRow &line) {
        return line.event.event.sender != m_cache.own();
    });
    return theirs == earlier->crend() ? std::optional<TimelineRow>() : std::optional(*theirs);
}

void ReadReceipts::tell(const RoomId &room)
{
    if (m_telling.contains(room) || !m_wanted.contains(room))
        return;
    m_telling.insert(room);
    const Wanted wanted = m_wanted.take(room);
    m_api
        .sendWithRetry(api::SendReceipt{.roomId = room,
                                        .eventId = wanted.event,
                                        .type = wanted.kind == ReceiptKind::Public
                                            ? api::SendReceipt::Type::Read
                                            : api::SendReceipt::Type::ReadPrivate})
        .then(this, [this, room](const Result<void> &told) {
            m_telling.remove(room);
            if (!told)
                qCInfo(log::api) << "a receipt was not taken:" << told.error().code;
            tell(room); // what was read meanwhile
        });
}

} // namespace parvis
