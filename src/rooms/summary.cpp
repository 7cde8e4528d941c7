// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "rooms/summary.h"

#include "events/edit.h"
#include "events/plain_text.h"
#include "rooms/members.h"
#include "rooms/room_name.h"
#include "rooms/room_state.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::rooms {

namespace {

constexpr qsizetype previewLength = 200;

bool isInside(MemberState membership)
{
    return membership == MemberState::Join || membership == MemberState::Invite;
}

/// The others after whom a room without a name is called, as complete as they are known.
Result<NameParts> namePartsOf(const Cache &cache, const StoredRoom &room)
{
    NameParts parts{room.name, room.alias, {}, room.joinedCount, room.invitedCount};
    if (!room.name.isEmpty() || !room.alias.isEmpty())
        return parts;
    const auto service = RoomState(cache.rooms(), room.id).serviceMembers();
    if (!service)
        return tl::unexpected(service.error());
    QList<Hero> heroes = room.heroes;
    if (heroes.isEmpty()) {
        auto members = cache.rooms().members(room.id);
        if (!members)
            return tl::unexpected(members.error());
        std::sort(members->begin(), members->end(),
                  [](const auto &a, const auto &b) { return a.user < b.user; });
        for (const StoredMember &member : std::as_const(*members)) {
            if (heroes.size() < 5 && isInside(member.membership) && !service->contains(member.user)
                && member.user != cache.own())
                heroes.append({member.user, member.displayName, member.avatarUrl});
        }
    }
    for (Hero &hero : heroes) {
        if (hero.user == cache.own())
            continue;
        if (service->contains(hero.user)) {
            --parts.joined;
            continue;
        }
        if (hero.displayName.isEmpty()) {
            const auto member = cache.rooms().member(room.id, hero.user);
            if (!member)
                return tl::unexpected(member.error());
            hero.displayName = *member ? (*member)->displayName : QString();
        }
        parts.heroes.append(hero);
    }
    if (room.membership == MemberState::Invite && parts.joined + parts.invited == 0)
        parts.joined = parts.heroes.size() + 1; // an invitation counts nobody
    return parts;
}

Result<QString> personIn(const Cache &cache, const RoomId &room, const UserId &user)
{
    if (user.isEmpty())
        return QString();
    const auto member = cache.rooms().member(room, user);
    if (!member)
        return tl::unexpected(member.error());
    return personName(user, *member ? (*member)->displayName : QString(), false);
}

Result<Preview> previewOf(const Cache &cache, const StoredRoom &room)
{
    Preview preview;
    if (room.lastEvent.isEmpty())
        return preview;
    const auto row = cache.events().event(room.id, room.lastEvent);
    const auto edits = cache.events().edits(room.id, room.lastEvent);
    if (!row || !edits)
        return tl::unexpected(!row ? row.error() : edits.error());
    if (!*row)
        return preview;
    const RoomEvent &event = (*row)->event;
    const RoomEvent *newest = nullptr;
    for (const RoomEvent &edit : *edits) {
        if (checkEdit(event, edit) == EditVerdict::Valid
            && (!newest || isNewerEdit(edit.event, newest->event)))
            newest = &edit;
    }
    const auto name = personIn(cache, room.id, event.event.sender);
    if (!name)
        return tl::unexpected(name.error());
    const Message message = messageOf(newest ? editedContent(event, *newest) : event.content());
    preview.event = event.event.id;
    preview.sender = event.event.sender;
    preview.senderName = *name;
    preview.own = preview.sender == cache.own();
    preview.readable = event.isReadable();
    preview.type = event.type();
    preview.kind = message.kind;
    preview.text = preview.readable ? plainLine(message.body, previewLength) : QString();
    preview.ts = event.event.originServerTs;
    return preview;
}

} // namespace

Result<Summary> summaryOf(const Cache &cache, const StoredRoom &room)
{
    const auto parts = namePartsOf(cache, room);
    auto last = previewOf(cache, room);
    const auto inviterName = personIn(cache, room.id, room.inviter);
    if (!parts || !last || !inviterName)
        return tl::unexpected(!parts ? parts.error() : !last ? last.error() : inviterName.error());
    Summary summary;
    summary.id = room.id;
    // Where the members are not known, the server may have known them.
    const bool nameless = room.name.isEmpty() && room.alias.isEmpty() && parts->heroes.isEmpty();
    summary.name = nameless && !room.serverName.isEmpty() ? room.serverName : roomName(*parts);
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
    summary.inviterName = *inviterName;
    summary.unread = room.unread;
    summary.notifications = room.notifications;
    summary.highlight = room.highlight;
    summary.markedUnread = room.markedUnread;
    summary.favourite = room.favourite;
    summary.lowPriority = room.lowPriority;
    summary.readUpTo = room.readUpTo;
    summary.last = *std::move(last);
    if (!room.directUser.isEmpty() && summary.avatar.isEmpty() && parts->heroes.size() == 1)
        summary.avatar = parts->heroes.first().avatarUrl;
    return summary;
}

} // namespace parvis::rooms
