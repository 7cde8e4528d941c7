// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "client/room_details_port.h"
#include "engine/room_edit_plan.h"

namespace parvis {

/// How a room is changed from within: what it is called, who may enter and read, who may do what. Core
/// thread.
class RoomSettings : public QObject
{
    Q_OBJECT

public:
    /// All of them must outlive it.
    RoomSettings(ApiClient &api, Cache &cache, const rooms::RoomList &rooms)
        : m_api(api), m_cache(cache), m_rooms(rooms)
    {
    }

    /// As RoomDetailsPort says.
    [[nodiscard]] Task<void> change(const RoomId &room, const RoomEdit &edit);
    [[nodiscard]] Task<void> setPower(const RoomId &room, const UserId &user, qint64 power);

private:
    [[nodiscard]] Task<void> send(const RoomId &room, QList<RoomEditStep> steps);
    /// What the room says of its levels now, at the server.
    [[nodiscard]] Task<QJsonObject> levelsNow(const RoomId &room);
    [[nodiscard]] Task<void> writePower(const RoomId &room, const UserId &user, qint64 power,
                                        const QJsonObject &now);

    ApiClient &m_api;
    Cache &m_cache;
    const rooms::RoomList &m_rooms;
};

/// The content of m.room.power_levels in which @p user has @p power from now on; what is there already is
/// kept, also what we do not understand. Empty where nothing changes. @p now: empty, where the room has no
/// such event. PARVIS_RIGHTS_NOT_ENOUGH.
[[nodiscard]] Result<std::optional<QJsonObject>> withPower(const QJsonObject &now,
                                                           const std::optional<Event> &create,
                                                           const UserId &own, const UserId &user,
                                                           qint64 power);

} // namespace parvis
