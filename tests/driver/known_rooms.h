// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QHash>

#include "driver.h"

namespace parvis::driver {

/// Whether the account has a room that a command names. Main thread.
class KnownRooms : public QObject
{
public:
    explicit KnownRooms(const Ports &ports) : m_ports(ports) {}

    /// PARVIS_NO_SUCH_ROOM, or PARVIS_NOT_SIGNED_IN. A room that was just made or joined comes with the next
    /// synchronisation: one is waited for, not longer. Questions about one room are answered in their order.
    [[nodiscard]] Task<void> find(const RoomId &room);
    /// PARVIS_NOT_SIGNED_IN
    [[nodiscard]] Task<void> account();
    /// The same, once what the core had changed before this call has come to its lists here: each list that
    /// follows another one takes a turn.
    [[nodiscard]] Task<void> settled();

private:
    [[nodiscard]] Task<bool> afterSync(const RoomId &room);
    void answer(const RoomId &room, const Result<bool> &known);

    Ports m_ports;
    QHash<RoomId, std::shared_ptr<std::vector<Promise<void>>>> m_waiting;
};

} // namespace parvis::driver
