// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_details_port.h"
#include "engine/core_link.h"

namespace parvis {

/// RoomDetailsPort over the core. UI thread.
class DetailsBridge final : public QObject, public RoomDetailsPort
{
public:
    explicit DetailsBridge(CoreLink link) : m_link(link) {}

    [[nodiscard]] Task<RoomDetails> details(const RoomId &room) override;
    [[nodiscard]] Task<void> change(const RoomId &room, const RoomEdit &edit) override;
    [[nodiscard]] Task<void> setPower(const RoomId &room, const UserId &user, qint64 power) override;
    [[nodiscard]] Task<RoomId> upgrade(const RoomId &room, const QString &version) override;

private:
    CoreLink m_link;
};

} // namespace parvis
