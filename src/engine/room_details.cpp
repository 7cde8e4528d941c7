// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_details.h"

#include "engine/summaries.h"
#include "rooms/room_state.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

AccessRule accessRule(const QString &rule)
{
    if (rule == "unrestricted"_L1)
        return AccessRule::Unrestricted;
    return rule == "direct"_L1 ? AccessRule::Direct : AccessRule::Restricted;
}

RoomLevels levelsOf(const PowerLevels &levels)
{
    RoomLevels out{.usersDefault = levels.usersDefault(),
                   .eventsDefault = levels.eventsDefault(),
                   .stateDefault = levels.stateDefault(),
                   .invite = levels.toInvite(),
                   .kick = levels.toKick(),
                   .ban = levels.toBan(),
                   .redact = levels.toRedact(),
                   .notifyRoom = levels.toNotifyRoom(),
                   .users = levels.users(),
                   .events = levels.events(),
                   .creators = {}};
    if (levels.creatorsAreAbove()) {
        out.creators = levels.creators().values();
        out.creators.sort();
    }
    return out;
}

/// The room that took the place of @p room, by its tombstone.
Result<RoomLink> successorOf(const RoomStore &store, const rooms::RoomList &rooms, const RoomId &room)
{
    const auto tombstone = store.state(room, event_type::tombstone);
    if (!tombstone)
        return tl::unexpected(tombstone.error());
    RoomLink link;
    if (!*tombstone)
        return link;
    const QJsonObject content = (*tombstone)->content();
    const QString id = content["replacement_room"_L1].toString();
    if (!isRoomId(id) || id == room.toString())
        return link;
    link.room = RoomId(id);
    link.via = viaOf(content["via"_L1]);
    // Whoever closed the old room is in the new one.
    const QString server = (*tombstone)->sender.toString().section(u':', 1);
    if (!server.isEmpty() && !link.via.contains(server))
        link.via.append(server);
    const auto next = rooms.room(link.room);
    link.confirmed = next && next->predecessor == room && next->membership == MemberState::Join;
    return link;
}

RoomLink predecessorLink(const rooms::RoomList &rooms, const rooms::Summary &room)
{
    RoomLink link;
    if (room.predecessor == room.id)
        return link;
    link.room = room.predecessor;
    const auto before = rooms.room(room.predecessor);
    link.confirmed = before && before->replacedBy == room.id;
    return link;
}

} // namespace

RoomRights rightsOf(const PowerLevels &levels, const UserId &user, const rooms::Summary &room)
{
    const auto state = [&](const QString &type) { return levels.maySetState(user, type); };
    const qint64 power = levels.of(user);
    // A State's messenger refuses them in a conversation of two, whatever the levels.
    const bool named = room.access.rule != "direct"_L1;
    return {
        .power = power,
        .send = room.replacedBy.isEmpty()
            && levels.maySend(user, room.encryption.isEmpty() ? event_type::message : event_type::encrypted),
        .name = named && state(event_type::name),
        .topic = named && state(event_type::topic),
        .avatar = named && state(event_type::avatar),
        .history = state(event_type::historyVisibility),
        .joinRule = state(event_type::joinRules),
        .retention = state(event_type::retention),
        .powerLevels = state(event_type::powerLevels),
        .pin = state(event_type::pinnedEvents),
        .children = room.roomType == "m.space"_L1 && state(event_type::spaceChild),
        .upgrade = state(event_type::tombstone),
        .invite = power >= levels.toInvite(),
        .kick = power >= levels.toKick(),
        .ban = power >= levels.toBan(),
        .redact = power >= levels.toRedact(),
        .notifyRoom = power >= levels.toNotifyRoom()};
}

Result<RoomDetails> roomDetails(const Cache &cache, const rooms::RoomList &rooms, const RoomId &room)
{
    const auto summary = rooms.room(room);
    const auto stored = cache.rooms().room(room);
    if (!stored)
        return tl::unexpected(stored.error());
    if (!*stored || !summary)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_ROOM"_s);
    const rooms::RoomState state(cache.rooms(), room);
    const auto levels = state.powerLevels();
    const auto joinRules = state.content(event_type::joinRules);
    const auto retention = state.content(event_type::retention);
    const auto pinned = state.content(event_type::pinnedEvents);
    const auto successor = successorOf(cache.rooms(), rooms, room);
    if (!levels || !joinRules || !retention || !pinned || !successor)
        return tl::unexpected(!levels          ? levels.error()
                                  : !joinRules ? joinRules.error()
                                  : !retention ? retention.error()
                                  : !pinned    ? pinned.error()
                                               : successor.error());
    RoomDetails details{.roomId = room,
                        .name = shownName(*summary),
                        .topic = summary->topic,
                        .avatar = (*stored)->avatar,
                        .alias = (*stored)->alias,
                        .kind = kindOf(*summary),
                        .membership = toClient(summary->membership),
                        .rule = accessRule(summary->access.rule),
                        .ruleStated = !summary->access.rule.isEmpty(),
                        .forceUnencrypted = summary->access.forceUnencrypted,
                        .levels = levelsOf(*levels),
                        .encryption = summary->encryption,
                        // The defaults of the specification, where the room says nothing.
                        .history = summary->history.isEmpty() ? u"shared"_s : summary->history,
                        .joinRule = summary->joinRule.isEmpty() ? u"invite"_s : summary->joinRule,
                        .joinAllow = joinAllowOf(*joinRules),
                        .retentionMs = retentionOf(*retention),
                        .pinned = pinnedOf(*pinned),
                        .version = (*stored)->roomVersion,
                        .replacedBy = *successor,
                        .predecessor = predecessorLink(rooms, *summary),
                        .rights = {}};
    if (summary->membership == MemberState::Join)
        details.rights = rightsOf(*levels, cache.own(), *summary);
    return details;
}

} // namespace parvis
