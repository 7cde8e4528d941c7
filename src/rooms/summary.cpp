// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "rooms/summary.h"

#include "rooms/derived_row.h"

namespace parvis::rooms {

Summary summaryOf(const StoredRoom &room, const DerivedRow &derived)
{
    const NameParts parts{room.name, room.alias, derived.heroes, derived.joined, derived.invited};
    Summary summary;
    summary.id = room.id;
    // Where the members are not known, the server may have known them.
    const bool nameless = room.name.isEmpty() && room.alias.isEmpty() && parts.heroes.isEmpty();
    summary.name = nameless && !room.serverName.isEmpty() ? room.serverName : roomName(parts);
    summary.membership = room.membership;
    summary.recency = room.recency;
    summary.topic = room.topic;
    summary.avatar = room.avatar;
    summary.roomType = room.roomType;
    summary.encryption = room.encryption;
    summary.joinRule = room.joinRule;
    summary.history = room.history;
    summary.replacedBy = RoomId(room.replacedBy);
    summary.predecessor = room.predecessor;
    summary.access = room.access;
    summary.memberCount = room.joinedCount;
    summary.directUser = room.directUser;
    summary.inviter = room.inviter;
    summary.inviterName = derived.inviterName;
    summary.unread = room.unread;
    summary.notifications = room.notifications;
    summary.highlight = room.highlight;
    summary.markedUnread = room.markedUnread;
    summary.favourite = room.favourite;
    summary.lowPriority = room.lowPriority;
    summary.readUpTo = room.readUpTo;
    summary.last = derived.last;
    if (!room.directUser.isEmpty() && summary.avatar.isEmpty() && parts.heroes.size() == 1)
        summary.avatar = parts.heroes.first().avatarUrl;
    return summary;
}

} // namespace parvis::rooms
