// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/summaries.h"

#include "engine/person_name.h"
#include "events/event.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

ItemKind itemKind(const rooms::Preview &preview)
{
    if (!preview.readable)
        return ItemKind::Unreadable;
    if (preview.type != event_type::message)
        return preview.type.isEmpty() ? ItemKind::Text : ItemKind::State;
    switch (preview.kind) {
    case MessageKind::Text:
        return ItemKind::Text;
    case MessageKind::Notice:
        return ItemKind::Notice;
    case MessageKind::Emote:
        return ItemKind::Emote;
    case MessageKind::Image:
        return ItemKind::Image;
    case MessageKind::File:
        return ItemKind::File;
    case MessageKind::Audio:
        return ItemKind::Audio;
    case MessageKind::Video:
        return ItemKind::Video;
    default:
        return ItemKind::Unknown;
    }
}

} // namespace

Membership toClient(MemberState state)
{
    switch (state) {
    case MemberState::Join:
        return Membership::Join;
    case MemberState::Invite:
        return Membership::Invite;
    case MemberState::Knock:
        return Membership::Knock;
    case MemberState::Leave:
        return Membership::Leave;
    case MemberState::Ban:
        return Membership::Ban;
    }
    Q_UNREACHABLE();
    return Membership::Leave;
}

RoomKind kindByRules(bool encrypted, const AccessRules &rules)
{
    if (!encrypted)
        return rules.forceUnencrypted && rules.visibility == "private"_L1 ? RoomKind::Unencrypted
                                                                          : RoomKind::Public;
    if (rules.rule == "unrestricted"_L1)
        return RoomKind::External;
    return rules.rule == "direct"_L1 ? RoomKind::Direct : RoomKind::Private;
}

RoomKind kindOf(const rooms::Summary &room)
{
    if (room.roomType == "m.space"_L1)
        return RoomKind::Space;
    if (!room.directUser.isEmpty())
        return RoomKind::Direct;
    if (!room.access.rule.isEmpty())
        return kindByRules(!room.encryption.isEmpty(), room.access);
    if (room.joinRule == "public"_L1)
        return RoomKind::Public;
    return room.encryption.isEmpty() ? RoomKind::Unencrypted : RoomKind::Private;
}

QString shownName(const rooms::Summary &room)
{
    return room.directUser.isEmpty() ? room.name : splitPersonName(room.name).name;
}

RoomSummary toClient(const rooms::Summary &room, const RoomExtras &extras)
{
    const bool direct = !room.directUser.isEmpty();
    return {.roomId = room.id,
            .name = shownName(room),
            .kind = kindOf(room),
            .encrypted = !room.encryption.isEmpty(),
            .membership = toClient(room.membership),
            .unread = room.unread,
            .notifications = room.notifications,
            .highlight = room.highlight,
            .markedUnread = room.markedUnread,
            .favourite = room.favourite,
            .lowPriority = room.lowPriority,
            .direct = direct,
            .external = room.access.rule == "unrestricted"_L1,
            .replacedBy = room.replacedBy,
            .replaced = room.replaced,
            .avatarSeed = direct ? room.directUser.toString() : room.id.toString(),
            .inviterName = splitPersonName(room.inviterName).name,
            .inviter = room.inviter,
            .hasDraft = extras.hasDraft,
            .hasFailed = extras.hasFailed,
            .last = {.sender = room.last.sender,
                     .senderName = splitPersonName(room.last.senderName).name,
                     .own = room.last.own,
                     .kind = itemKind(room.last),
                     .preview = room.last.text,
                     .change = {},
                     .ts = room.last.ts}};
}

UnreadTotals toClient(const rooms::Totals &totals)
{
    return {.rooms = totals.rooms,
            .messages = totals.messages,
            .highlights = totals.highlights,
            .invites = totals.invites};
}

} // namespace parvis
