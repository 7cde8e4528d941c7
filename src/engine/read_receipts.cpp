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
    return commit(room, (*found)->event.event.id, kind, {});
}

Result<void> ReadReceipts::commit(const RoomId &room, const EventId &event, ReceiptKind kind,
                                  const QString &thread)
{
    StateChanges changes;
    changes.rooms.append(
        {.id = room,
         .receipts = {{.user = m_cache.own(),
                       .event = event,
                       .type = kind == ReceiptKind::Public ? u"m.read"_s : u"m.read.private"_s,
                       .thread = thread,
                       .ts = m_clock.nowMs()}}});
    if (auto done = m_cache.commit(changes); !done)
        return tl::unexpected(done.error());
    m_wanted.insert({room, thread}, {event, kind});
    tell({room, thread});
    return {};
}

Result<void> ReadReceipts::markThreadRead(const RoomId &room, const EventId &root, const EventId &event,
                                          ReceiptKind kind)
{
    const auto rows = m_cache.events().inThread(room, root, lookBack);
    const auto receipts = m_cache.rooms().receipts(room);
    if (!rows || !receipts)
        return tl::unexpected(!rows ? rows.error() : receipts.error());
    const auto at = std::find_if(rows->cbegin(), rows->cend(),
                                 [&](const EventStore::InThread &one) { return one.id == event; });
    if (at == rows->cend())
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s);
    for (const Receipt &one : *receipts) {
        const bool ours = one.user == m_cache.own() && one.thread == root.toString();
        const auto isIt = [&](const EventStore::InThread &here) { return here.id == one.event; };
        if (ours && std::any_of(at, rows->cend(), isIt))
            return {}; // never backwards
    }
    return commit(room, event, kind, root.toString());
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

void ReadReceipts::tell(const Place &place)
{
    if (m_telling.contains(place) || !m_wanted.contains(place))
        return;
    m_telling.insert(place);
    const Wanted wanted = m_wanted.take(place);
    m_api
        .sendWithRetry(api::SendReceipt{.roomId = place.first,
                                        .eventId = wanted.event,
                                        .type = wanted.kind == ReceiptKind::Public
                                            ? api::SendReceipt::Type::Read
                                            : api::SendReceipt::Type::ReadPrivate,
                                        .threadId = place.second})
        .then(this, [this, place](const Result<void> &told) {
            m_telling.remove(place);
            if (!told)
                qCInfo(log::api) << "a receipt was not taken:" << told.error().code;
            tell(place); // what was read meanwhile
        });
}

} // namespace parvis
