// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_upkeep_port.h"
#include "engine/core_link.h"

namespace parvis {

/// RoomUpkeepPort over the core. UI thread.
class UpkeepBridge final : public QObject, public RoomUpkeepPort
{
public:
    explicit UpkeepBridge(CoreLink link) : m_link(link) {}

    [[nodiscard]] Task<void> moderate(const RoomId &room, const UserId &user, MemberAction action,
                                      const QString &reason) override;
    [[nodiscard]] Task<RoomId> knock(const QString &roomOrAlias, const QStringList &via,
                                     const QString &reason) override;
    [[nodiscard]] Task<void> forget(const RoomId &room) override;
    [[nodiscard]] Task<void> setTag(const RoomId &room, RoomTag tag, bool on) override;
    [[nodiscard]] Task<void> setMarkedUnread(const RoomId &room, bool on) override;

private:
    CoreLink m_link;
};

} // namespace parvis
