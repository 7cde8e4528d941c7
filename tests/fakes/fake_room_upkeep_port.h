// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_upkeep_port.h"

#include <QList>

#include <optional>
#include <tuple>

namespace parvis {

/// A server that does at once what it is asked, or refuses it; what was asked is remembered.
class FakeRoomUpkeepPort : public RoomUpkeepPort
{
public:
    Task<void> moderate(const RoomId &room, const UserId &user, MemberAction action, const QString &) override
    {
        moderated.append({room, user, action});
        return answer();
    }
    Task<RoomId> knock(const QString &room, const QStringList &, const QString &) override
    {
        return Task<RoomId>::ready(RoomId(room));
    }
    Task<void> forget(const RoomId &room) override
    {
        forgotten.append(room);
        return answer();
    }
    Task<void> setTag(const RoomId &room, RoomTag tag, bool on) override
    {
        tagged.append({room, tag, on});
        return answer();
    }
    Task<void> setMarkedUnread(const RoomId &room, bool on) override
    {
        marked.append({room, on});
        return answer();
    }

    std::optional<Error> error;
    QList<std::tuple<RoomId, UserId, MemberAction>> moderated;
    QList<RoomId> forgotten;
    QList<std::tuple<RoomId, RoomTag, bool>> tagged;
    QList<std::pair<RoomId, bool>> marked;

private:
    [[nodiscard]] Task<void> answer() const
    {
        return error ? Task<void>::ready(tl::unexpected(*error)) : Task<void>::ready({});
    }
};

} // namespace parvis
