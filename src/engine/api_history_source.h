// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "timeline/room_history.h"

namespace parvis {

/// A room's past from the server. Core thread.
class ApiHistorySource final : public QObject, public timeline::RoomHistory
{
public:
    explicit ApiHistorySource(ApiClient &api) : m_api(api) {}

    [[nodiscard]] Task<EventPage> older(const RoomId &room, const QString &from, int limit) override;
    [[nodiscard]] Task<EventPage> before(const RoomId &room, const EventId &event, int limit) override;
    [[nodiscard]] Task<EventPage> newer(const RoomId &room, const QString &from, int limit) override;
    [[nodiscard]] Task<ContextPage> around(const RoomId &room, const EventId &event, int limit) override;
    [[nodiscard]] Task<EventId> nearest(const RoomId &room, qint64 ts) override;
    [[nodiscard]] Task<EventPage> inThread(const RoomId &room, const EventId &root, const QString &from,
                                           int limit) override;
    [[nodiscard]] Task<EventPage> single(const RoomId &room, const EventId &event) override;

private:
    ApiClient &m_api;
};

} // namespace parvis
