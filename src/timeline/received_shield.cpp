// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/received_shield.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace parvis::timeline {

namespace {

/// On an island that is not the one of @p since: nobody knows whether it is before it.
bool isElsewhere(TimelinePlace place, TimelinePlace since)
{
    return place.isOnIsland() && place.chunk != since.chunk;
}

} // namespace

Result<EncryptedSince> encryptedSince(const Cache &cache, const RoomId &room, TimelinePlace at)
{
    constexpr qint64 least = std::numeric_limits<qint64>::min();
    const auto stored = cache.rooms().room(room);
    if (!stored)
        return tl::unexpected(stored.error());
    if (!*stored || (*stored)->encryption.isEmpty())
        return EncryptedSince();
    auto place = cache.events().placeOf(room, (*stored)->encryptionEvent);
    if (!place)
        return tl::unexpected(place.error());
    if (*place && (*place)->isLoose())
        place->reset();   // it stands nowhere
    if (!at.isOnIsland()) // older than anything here: then all that is here came after it
        return EncryptedSince{place->value_or(TimelinePlace{least, least})};
    const EncryptedSince all{TimelinePlace{at.chunk, least}};
    if (at.isLoose())
        return all;
    const qint64 ms = (*stored)->encryptedMs;
    if (*place && (*place)->chunk == at.chunk)
        return EncryptedSince{*place, ms};
    const auto island = cache.events().islandState(room, at.chunk);
    if (!island)
        return tl::unexpected(island.error());
    return island->inClear ? EncryptedSince{island->encryption, ms} : all;
}

void markAsReceived(Item &item, const TimelineRow &row, const EncryptedSince &since)
{
    const RoomEvent &event = row.event;
    const auto &place = since.place;
    const bool late = row.place.isOnIsland() && since.ms > 0 && event.event.originServerTs > since.ms;
    if (event.clear) {
        item.shield = event.clear->shield;
        item.shieldReason = event.clear->shieldReason;
        item.session = SessionId(event.event.content()["session_id"_L1].toString());
    } else if (row.sentInClear || late || (place && (row.place > *place || isElsewhere(row.place, *place)))) {
        item.shield = ShieldColour::Red;
        item.shieldReason = u"sent_in_clear"_s;
    }
}

} // namespace parvis::timeline
