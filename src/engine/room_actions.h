// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "api/room_actions.h"
#include "client/room_list_port.h"
#include "crypto/crypto_machine.h"
#include "rooms/room_list.h"
#include "store/cache/cache.h"

#include <functional>

namespace parvis {

/// What the person does to rooms: make, join, leave, invite. Core thread.
class RoomActions : public QObject
{
    Q_OBJECT

public:
    /// All of them must outlive it.
    RoomActions(ApiClient &api, Cache &cache, const rooms::RoomList &rooms, crypto::CryptoMachine &machine);

    /// Answers an existing conversation with the same person instead of making a second one. An encrypted
    /// room is so from here on, whatever the server shows of it.
    [[nodiscard]] Task<RoomId> create(const NewRoom &room);
    /// An id, an alias or an invitation, also to the room that has this alias; a direct invitation is kept as
    /// a conversation with that person.
    [[nodiscard]] Task<RoomId> join(const QString &roomOrAlias, QStringList via);
    [[nodiscard]] Task<void> leave(const RoomId &room);
    [[nodiscard]] Task<void> invite(const RoomId &room, const UserId &user, const QString &reason);

    using BeforeInvitation = std::function<Task<void>(const RoomId &, const UserId &)>;
    /// What is done before each invitation that we may send; it waits for the answer.
    void setBeforeInvitation(BeforeInvitation what) { m_beforeInvitation = std::move(what); }

Q_SIGNALS:
    /// The person joined a room into which @p inviter had invited.
    void invitationAccepted(const parvis::RoomId &room, const parvis::UserId &inviter);

private:
    /// As far as is known here: the server has the last word.
    [[nodiscard]] bool mayInvite(const RoomId &room, const UserId &user) const;
    [[nodiscard]] std::optional<RoomId> directRoomWith(const UserId &user) const;
    [[nodiscard]] Task<RoomId> joinByAlias(const QString &alias, const QStringList &via);
    /// Our own member event of the room, while it is an invitation.
    [[nodiscard]] std::optional<Event> invitationTo(const RoomId &room) const;
    [[nodiscard]] Task<RoomId> enter(const QString &roomOrAlias, QStringList via);
    [[nodiscard]] Task<RoomId> make(const api::CreateRoom &request);
    /// PARVIS_NOT_A_SPACE, PARVIS_RIGHTS_NOT_ENOUGH
    [[nodiscard]] Result<void> mayPutInto(const RoomId &space) const;
    [[nodiscard]] Task<RoomId> putInto(const RoomId &space, const RoomId &room);
    [[nodiscard]] Task<RoomId> keepAsDirect(const RoomId &room, const UserId &user);

    ApiClient &m_api;
    Cache &m_cache;
    const rooms::RoomList &m_rooms;
    crypto::CryptoMachine &m_machine;
    BeforeInvitation m_beforeInvitation;
};

} // namespace parvis
