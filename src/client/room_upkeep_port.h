// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/task.h"

#include <QStringList>

namespace parvis {

/// What is done to somebody in a room, or who was in it.
enum class MemberAction {
    Remove, ///< out of the room, or an invitation is taken back; they may come again
    Ban,
    Unban,
};

/// Where the person files a room.
enum class RoomTag { Favourite, LowPriority };

/// What keeps the list of rooms and their people in order. UI thread. Each answers once the server has done
/// it; what it refuses is its own error (M_FORBIDDEN where the rights are not enough).
class RoomUpkeepPort
{
public:
    virtual ~RoomUpkeepPort() = default;

    /// @p reason is seen by everybody in the room; empty: none.
    [[nodiscard]] virtual Task<void> moderate(const RoomId &room, const UserId &user, MemberAction action,
                                              const QString &reason = {}) = 0;
    /// Asks to be let in. @p roomOrAlias and @p via as with RoomListPort::join().
    [[nodiscard]] virtual Task<RoomId> knock(const QString &roomOrAlias, const QStringList &via = {},
                                             const QString &reason = {}) = 0;
    /// A room that was left goes from the account and from this device, with everything that is here of it.
    /// PARVIS_STILL_IN_ROOM before that.
    [[nodiscard]] virtual Task<void> forget(const RoomId &room) = 0;
    /// Files it there, or no longer; each of the two excludes the other.
    [[nodiscard]] virtual Task<void> setTag(const RoomId &room, RoomTag tag, bool on) = 0;
    /// A mark of the person's own, on all devices; reading the room takes it away.
    [[nodiscard]] virtual Task<void> setMarkedUnread(const RoomId &room, bool on) = 0;
};

} // namespace parvis
