// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_list_port.h"
#include "engine/core_link.h"
#include "engine/list_bridge.h"
#include "engine/value_bridge.h"

#include <memory>
#include <vector>

namespace parvis {

/// RoomListPort over the core. UI thread.
class RoomsBridge final : public QObject, public RoomListPort
{
public:
    explicit RoomsBridge(CoreLink link);
    ~RoomsBridge() override;

    void subscribe(const RoomFilter &filter, const QObject *context, ListSink<RoomSummary> sink) override;
    void subscribeTotals(const QObject *context, ValueSink<UnreadTotals> sink) override;
    void subscribeLoaded(const QObject *context, ValueSink<bool> sink) override;
    [[nodiscard]] Task<RoomId> create(const NewRoom &room) override;
    [[nodiscard]] Task<RoomId> join(const QString &roomOrAlias, const QStringList &via) override;
    [[nodiscard]] Task<void> leave(const RoomId &room) override;
    [[nodiscard]] Task<void> invite(const RoomId &room, const UserId &user, const QString &reason) override;
    [[nodiscard]] Task<QList<MemberCard>> members(const RoomId &room) override;
    [[nodiscard]] Task<void> markRead(const RoomId &room) override;

private:
    struct View;

    CoreLink m_link;
    std::vector<std::unique_ptr<View>> m_views;
    ValueBridge<UnreadTotals> m_totals;
    ValueBridge<bool> m_loaded;
};

} // namespace parvis
