// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "client/room_upkeep_port.h"
#include "store/cache/cache.h"

namespace parvis {

/// What RoomUpkeepPort promises. What the server has taken is in the cache at once: its own news of it come
/// with the next synchronisation. Core thread.
class RoomUpkeep : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    RoomUpkeep(ApiClient &api, Cache &cache) : m_api(api), m_cache(cache) {}

    [[nodiscard]] Task<void> moderate(const RoomId &room, const UserId &user, MemberAction action,
                                      const QString &reason);
    [[nodiscard]] Task<RoomId> knock(const QString &roomOrAlias, const QStringList &via,
                                     const QString &reason);
    [[nodiscard]] Task<void> forget(const RoomId &room);
    [[nodiscard]] Task<void> setTag(const RoomId &room, RoomTag tag, bool on);
    [[nodiscard]] Task<void> setMarkedUnread(const RoomId &room, bool on);

private:
    [[nodiscard]] Task<void> put(const RoomId &room, const QString &tag, bool on);
    [[nodiscard]] Result<void> keepTag(const RoomId &room, const QString &tag, bool on);
    [[nodiscard]] Result<void> keep(const RoomId &room, const QString &type, const QJsonObject &content);

    ApiClient &m_api;
    Cache &m_cache;
};

} // namespace parvis
