// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"

#include <QHash>
#include <QList>

#include <functional>

namespace parvis::crypto {

/// How long a message waits until the devices of those who shall read it are known. Everybody has a time of
/// their own: what somebody else's server made the room wait before is not taken from who came after it.
/// Sans-I/O; core thread.
class DeviceWaits
{
public:
    /// For somebody of whom devices are known.
    static constexpr qint64 longestMs = 5000;
    /// For somebody of whom none is: what goes without them, they could never read. Longer than the 10 s that
    /// the question gives the server for asking others.
    static constexpr qint64 longestForNewMs = 15'000;
    /// For all of them together, one message: lists that never come to rest must not hold it for ever.
    static constexpr qint64 longestInAllMs = 30'000;

    /// How long the room's message still waits for one of @p awaited, in milliseconds; 0: it goes. @p isNew
    /// says of whom no device is known.
    [[nodiscard]] qint64 leftMs(const RoomId &room, const QList<UserId> &awaited,
                                const std::function<bool(const UserId &)> &isNew, qint64 nowMs);
    /// The room's key is where it shall be: the next message waits anew.
    void ready(const RoomId &room);
    /// Those lists are right now; when they are wrong again they are waited for again.
    void forget(const std::function<bool(const UserId &)> &isCurrent);

private:
    struct Room {
        qint64 sinceMs = -1; ///< the message that waits has waited; -1: none does
        QHash<UserId, qint64> people;
    };
    QHash<RoomId, Room> m_rooms;
};

} // namespace parvis::crypto
