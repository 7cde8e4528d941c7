// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "api/room_finding.h"
#include "client/room_finder_port.h"
#include "rooms/room_list.h"

#include <memory>

namespace parvis {

/// Finds rooms that the person may not be in: those of a space, those that a server lists. Core thread.
class RoomFinder : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostRooms = 1000; ///< of one answer

    /// All of them must outlive it.
    RoomFinder(ApiClient &api, const Cache &cache, rooms::RoomList &rooms)
        : m_api(api), m_cache(cache), m_rooms(rooms)
    {
    }

    /// As RoomFinderPort says.
    [[nodiscard]] Task<FoundRooms> children(const RoomId &space, bool suggestedOnly, int limit);
    [[nodiscard]] Task<FoundRooms> directory(const DirectoryQuery &query);

private:
    /// A space whose pages come one after the other.
    struct Walk;

    [[nodiscard]] Result<QList<SpaceChild>> childrenHere(const RoomId &space);
    void nextPage(const std::shared_ptr<Walk> &walk);
    void take(const std::shared_ptr<Walk> &walk, const Result<api::RoomSummaryPage> &page);
    [[nodiscard]] FoundRooms found(const Walk &walk, bool asked) const;
    [[nodiscard]] FoundRoom fromServer(const api::RoomSummaryChunk &chunk) const;

    ApiClient &m_api;
    const Cache &m_cache;
    rooms::RoomList &m_rooms;
};

} // namespace parvis
