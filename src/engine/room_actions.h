// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "client/room_list_port.h"
#include "rooms/room_list.h"
#include "store/cache/cache.h"

namespace parvis {

/// What the person does to rooms: make, join, leave, invite. Core thread.
class RoomActions : public QObject
{
public:
    RoomActions(ApiClient &api, Cache &cache, const rooms::RoomList &rooms);

    /// Answers an existing conversation with the same person instead of making a second one.
    [[nodiscard]] Task<RoomId> create(const NewRoom &room);
    /// An id, an alias or an invitation; a direct invitation is kept as a conversation with that person.
    [[nodiscard]] Task<RoomId> join(const QString &roomOrAlias, QStringList via);
    [[nodiscard]] Task<void> leave(const RoomId &room);
    [[nodiscard]] Task<void> invite(const RoomId &room, const UserId &user, const QString &reason);

private:
    [[nodiscard]] std::optional<RoomId> directRoomWith(const UserId &user) const;
    [[nodiscard]] Task<RoomId> keepAsDirect(const RoomId &room, const UserId &user);

    ApiClient &m_api;
    Cache &m_cache;
    const rooms::RoomList &m_rooms;
};

} // namespace parvis
