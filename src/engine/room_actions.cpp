// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_actions.h"

#include "api/direct_rooms.h"
#include "api/room_alias.h"
#include "api/room_state.h"
#include "engine/user_id.h"
#include "events/member.h"
#include "events/room_facts.h"
#include "rooms/room_state.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

QJsonObject encryptionContent()
{
    return {{"algorithm"_L1, u"m.megolm.v1.aes-sha2"_s}};
}

QJsonObject firstState(const QString &type, const QString &key, const QJsonObject &content)
{
    return {{"type"_L1, type}, {"state_key"_L1, key}, {"content"_L1, content}};
}

QJsonObject encryptionState()
{
    return firstState(event_type::encryption, {}, encryptionContent());
}

QString serverOf(const UserId &user)
{
    return user.toString().section(u':', 1);
}

/// The room is in the space from its first event on.
void addParent(api::CreateRoom &request, const NewRoom &room, const UserId &own)
{
    request.initialState.append(firstState(event_type::spaceParent, room.parent.toString(),
                                           {{"via"_L1, QJsonArray{serverOf(own)}}, {"canonical"_L1, true}}));
    if (room.kind != RoomKind::Public)
        return;
    // Public means: for everybody in the space.
    request.published = false;
    request.preset = u"private_chat"_s;
    const QJsonObject member{{"type"_L1, u"m.room_membership"_s}, {"room_id"_L1, room.parent.toString()}};
    request.initialState.append(firstState(
        event_type::joinRules, {}, {{"join_rule"_L1, u"restricted"_s}, {"allow"_L1, QJsonArray{member}}}));
    request.initialState.append(
        firstState(event_type::historyVisibility, {}, {{"history_visibility"_L1, u"shared"_s}}));
}

/// The request for a kind of room; encrypted kinds are so from their first event.
Result<api::CreateRoom> requestFor(const NewRoom &room)
{
    api::CreateRoom request{
        .name = room.name, .topic = room.topic, .preset = u"private_chat"_s, .invite = room.invite};
    switch (room.kind) {
    case RoomKind::Private:
        request.initialState = {encryptionState()};
        return request;
    case RoomKind::Direct:
        if (room.invite.size() != 1)
            return fail(ErrorKind::Usage, u"PARVIS_DIRECT_NEEDS_ONE_PERSON"_s);
        request.preset = u"trusted_private_chat"_s;
        request.direct = true;
        request.initialState = {encryptionState()};
        return request;
    case RoomKind::Unencrypted:
        return request;
    case RoomKind::Public:
        request.preset = u"public_chat"_s;
        request.published = true;
        return request;
    case RoomKind::Space:
        request.creationContent = {{"type"_L1, u"m.space"_s}};
        // It holds rooms, not messages; and who may name rooms may invite.
        request.powerLevels = {{"events_default"_L1, 100}, {"invite"_L1, 50}};
        return request;
    case RoomKind::External:
    case RoomKind::Notices:
        break;
    }
    return fail(ErrorKind::Usage, u"PARVIS_ROOM_KIND_UNAVAILABLE"_s);
}

/// What the server wants to hear of "#name:server": its own name it knows, another's it cannot give.
Result<QString> aliasLocalpart(const QString &alias, const UserId &own)
{
    if (!alias.contains(u'#') && !alias.contains(u':'))
        return alias;
    const qsizetype colon = alias.indexOf(u':');
    if (!alias.startsWith(u'#') || colon < 2 || alias.mid(colon + 1) != own.toString().section(u':', 1))
        return fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_ADDRESS"_s);
    return alias.mid(1, colon - 1);
}

} // namespace

RoomActions::RoomActions(ApiClient &api, Cache &cache, const rooms::RoomList &rooms,
                         crypto::CryptoMachine &machine)
    : m_api(api), m_cache(cache), m_rooms(rooms), m_machine(machine)
{
}

Task<RoomId> RoomActions::create(const NewRoom &room)
{
    for (const UserId &user : room.invite) {
        if (!isUserId(user))
            return Task<RoomId>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_USER_ID"_s));
    }
    auto request = requestFor(room);
    if (!request)
        return Task<RoomId>::ready(tl::unexpected(request.error()));
    const auto alias = aliasLocalpart(room.alias, m_cache.own());
    if (!alias)
        return Task<RoomId>::ready(tl::unexpected(alias.error()));
    request->aliasLocalpart = *alias;
    if (!room.federate)
        request->creationContent.insert("m.federate"_L1, false);
    if (!room.parent.isEmpty()) {
        if (const auto may = mayPutInto(room.parent); !may)
            return Task<RoomId>::ready(tl::unexpected(may.error()));
        if (room.kind == RoomKind::Direct)
            return Task<RoomId>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_VALUE"_s, u"parent"_s));
        addParent(*request, room, m_cache.own());
        return make(*request).andThen(
            this, [this, space = room.parent](const RoomId &made) { return putInto(space, made); });
    }
    if (room.kind != RoomKind::Direct)
        return make(*request);
    const UserId other = room.invite.constFirst();
    if (const auto known = directRoomWith(other))
        return Task<RoomId>::ready(*known);
    return make(*request).andThen(this,
                                  [this, other](const RoomId &made) { return keepAsDirect(made, other); });
}

Task<RoomId> RoomActions::make(const api::CreateRoom &request)
{
    const bool encrypts = request.initialState.contains(encryptionState());
    return m_api.send(request).andThen(this, [this, encrypts](const RoomId &room) -> Result<RoomId> {
        if (!encrypts)
            return room;
        // We asked for it: a server that then shows no encryption gets nothing in clear.
        return m_machine
            .setRoomEncryption(room, QJsonDocument(encryptionContent()).toJson(QJsonDocument::Compact))
            .map([room](const QList<crypto::CryptoNote> &) { return room; });
    });
}

Result<void> RoomActions::mayPutInto(const RoomId &space) const
{
    const auto known = m_rooms.room(space);
    if (!known)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_ROOM"_s);
    if (known->roomType != "m.space"_L1)
        return fail(ErrorKind::Usage, u"PARVIS_NOT_A_SPACE"_s);
    const auto levels = rooms::RoomState(m_cache.rooms(), space).powerLevels();
    if (!levels)
        return tl::unexpected(levels.error());
    if (known->membership != MemberState::Join || !levels->maySetState(m_cache.own(), event_type::spaceChild))
        return fail(ErrorKind::Forbidden, u"PARVIS_RIGHTS_NOT_ENOUGH"_s, u"parent"_s);
    return {};
}

Task<RoomId> RoomActions::putInto(const RoomId &space, const RoomId &room)
{
    return m_api
        .sendWithRetry(api::SetState{.roomId = space,
                                     .eventType = event_type::spaceChild,
                                     .stateKey = room.toString(),
                                     .content = {{"via"_L1, QJsonArray{serverOf(m_cache.own())}}}})
        .andThen(this, [room](const EventId &) { return Result<RoomId>(room); });
}

Task<RoomId> RoomActions::join(const QString &roomOrAlias, QStringList via)
{
    if (!roomOrAlias.startsWith(u'!') && !roomOrAlias.startsWith(u'#'))
        return Task<RoomId>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_ADDRESS"_s));
    const bool mayBeInvited = roomOrAlias.startsWith(u'#') && m_rooms.totals().invites > 0;
    return mayBeInvited ? joinByAlias(roomOrAlias, via) : enter(roomOrAlias, std::move(via));
}

Task<RoomId> RoomActions::joinByAlias(const QString &alias, const QStringList &via)
{
    Promise<RoomId> promise;
    auto task = promise.task();
    m_api.send(api::ResolveAlias{alias})
        .then(this, [this, alias, via, promise = std::move(promise)](const Result<RoomId> &room) mutable {
            // By its id where there is an invitation: the alias may be another room's a moment later. What is
            // wrong with an alias, the server says when one joins.
            auto joined = room && invitationTo(*room)
                ? enter(room->toString(), via + QStringList{alias.section(u':', 1)})
                : enter(alias, via);
            std::move(joined).then(this, [promise = std::move(promise)](const Result<RoomId> &id) mutable {
                promise.resolve(id);
            });
        });
    return task;
}

std::optional<Event> RoomActions::invitationTo(const RoomId &room) const
{
    const auto stored = m_cache.rooms().state(room, event_type::member, m_cache.own().toString());
    const auto member = stored && *stored ? memberOf((*stored)->content()) : std::nullopt;
    return member && member->membership == MemberState::Invite ? *stored : std::nullopt;
}

Task<RoomId> RoomActions::enter(const QString &roomOrAlias, QStringList via)
{
    // Who invites to a conversation of two says so in our own member event.
    UserId direct;
    if (const auto invitation = invitationTo(RoomId(roomOrAlias))) {
        const UserId inviter = invitation->sender;
        if (memberOf(invitation->content())->isDirect)
            direct = inviter;
        via.append(inviter.toString().section(u':', 1));
        // On the disk before the server hears of it: once it has, the invitation is gone, and who gave the
        // keys of the past would not be known where its answer is lost.
        Q_EMIT invitationAccepted(RoomId(roomOrAlias), inviter);
    }
    return m_api.send(api::JoinRoom{.roomIdOrAlias = roomOrAlias, .via = via})
        .andThen(this, [this, direct](const RoomId &joined) {
            return direct.isEmpty() ? Task<RoomId>::ready(joined) : keepAsDirect(joined, direct);
        });
}

Task<void> RoomActions::leave(const RoomId &room)
{
    return m_api.sendWithRetry(api::LeaveRoom{.roomId = room});
}

Task<void> RoomActions::invite(const RoomId &room, const UserId &user, const QString &reason)
{
    if (!isUserId(user))
        return Task<void>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_USER_ID"_s));
    // Keys of the past go ahead of the invitation: not where the server is to refuse it.
    const bool prepared = m_beforeInvitation && mayInvite(room, user);
    auto before = prepared ? m_beforeInvitation(room, user) : Task<void>::ready({});
    return std::move(before)
        .andThen(this,
                 [this, room, user, reason] {
                     return m_api.sendWithRetry(
                         api::InviteUser{.roomId = room, .userId = user, .reason = reason});
                 })
        .andThen(this, [this, room] {
            // No synchronisation has told of it yet: the next message is for them as well, so the server is
            // asked who is there before it goes.
            return m_cache.commit({.rooms = {{.id = room, .membersComplete = false}}})
                .map([](const AppliedChanges &) {});
        });
}

bool RoomActions::mayInvite(const RoomId &room, const UserId &user) const
{
    const auto levels = rooms::RoomState(m_cache.rooms(), room).powerLevels();
    const auto member = m_cache.rooms().member(room, user);
    if (!levels || !member || levels->of(m_cache.own()) < levels->toInvite())
        return false;
    const auto state = *member ? (*member)->membership : MemberState::Leave;
    return state != MemberState::Ban && state != MemberState::Join;
}

std::optional<RoomId> RoomActions::directRoomWith(const UserId &user) const
{
    const auto all = m_rooms.all();
    for (const rooms::Summary &room : all) {
        if (room.directUser == user && room.membership == MemberState::Join && room.memberCount <= 2
            && !room.encryption.isEmpty())
            return room.id;
    }
    return std::nullopt;
}

Task<RoomId> RoomActions::keepAsDirect(const RoomId &room, const UserId &user)
{
    Promise<RoomId> promise;
    auto task = promise.task();
    api::markDirect(m_api, m_cache.own(), user, room)
        .then(this, [room, promise = std::move(promise)](const Result<void> &) mutable {
            // The room is there either way; without the mark it is shown as a room.
            promise.resolve(room);
        });
    return task;
}

} // namespace parvis
