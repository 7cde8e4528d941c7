// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_finder_port.h"
#include "engine/core_link.h"
#include "engine/list_bridge.h"

#include <memory>

namespace parvis {

/// RoomFinderPort over the core. UI thread.
class FinderBridge final : public QObject, public RoomFinderPort
{
public:
    explicit FinderBridge(CoreLink link) : m_link(link) {}

    void subscribeSpaces(const QObject *context, ListSink<SpaceCard> sink) override;
    [[nodiscard]] Task<QList<SpaceCard>> spaces() override;
    [[nodiscard]] Task<FoundRooms> children(const RoomId &space, bool suggestedOnly, int limit) override;
    [[nodiscard]] Task<FoundRooms> directory(const DirectoryQuery &query) override;

private:
    CoreLink m_link;
    std::unique_ptr<ListBridge<SpaceCard>> m_spaces; ///< from the first subscription on
};

} // namespace parvis
