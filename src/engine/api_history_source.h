// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "timeline/history_source.h"

namespace parvis {

/// Older events from the server. Core thread.
class ApiHistorySource final : public QObject, public timeline::HistorySource
{
public:
    explicit ApiHistorySource(ApiClient &api) : m_api(api) {}

    [[nodiscard]] Task<EventPage> older(const RoomId &room, const QString &from, int limit) override;

private:
    ApiClient &m_api;
};

} // namespace parvis
