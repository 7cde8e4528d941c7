// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/search_shields.h"

#include "engine/engine.h"
#include "engine/person_name.h"
#include "engine/room_shields.h"
#include "engine/summaries.h"
#include "engine/timeline_values.h"
#include "rooms/ignored_people.h"
#include "rooms/members.h"
#include "timeline/received_shield.h"

using namespace Qt::StringLiterals;

namespace parvis {

Result<SearchResult> withShields(Engine &engine, SearchResult result)
{
    QHash<std::pair<RoomId, qint64>, timeline::EncryptedSince> since; ///< by room, and island: 0 for none
    rooms::IgnoredPeople ignored(engine.cache());
    if (const auto read = ignored.read(); !read)
        return tl::unexpected(read.error());
    QList<SearchHit> hits;
    for (SearchHit &hit : result.hits) {
        const auto row = engine.cache().events().event(hit.roomId, hit.eventId);
        if (!row)
            return tl::unexpected(row.error());
        if (!*row || (*row)->event.event.redacted || ignored.contains(hit.sender))
            continue;
        const TimelinePlace at = (*row)->place;
        const std::pair key(hit.roomId, at.isOnIsland() ? at.chunk : 0);
        if (!since.contains(key)) {
            const auto found = timeline::encryptedSince(engine.cache(), hit.roomId, at);
            if (!found)
                return tl::unexpected(found.error());
            since.insert(key, *found);
        }
        timeline::Item item;
        item.sender = hit.sender;
        item.own = hit.sender == engine.user();
        timeline::markAsReceived(item, **row, since.value(key));
        item = RoomShields(engine.crypto(), hit.roomId).marked(std::move(item));
        hit.encrypted = (*row)->event.clear.has_value();
        hit.shield = shieldOf(item.shield);
        hit.shieldReason = shieldReasonOf(item.shieldReason);
        const auto member = engine.cache().rooms().member(hit.roomId, hit.sender);
        if (!member)
            return tl::unexpected(member.error());
        const QString name = *member ? (*member)->displayName : QString();
        hit.senderName = splitPersonName(rooms::personName(hit.sender, name, false)).name;
        if (const auto room = engine.rooms().room(hit.roomId))
            hit.roomName = shownName(*room);
        hits.append(std::move(hit));
    }
    result.hits = std::move(hits);
    return result;
}

} // namespace parvis
