// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/power_levels.h"
#include "store/cache/room_store.h"

namespace parvis::rooms {

/// Typed reads of the current state of one room. Core thread; each is a query.
class RoomState
{
public:
    RoomState(const RoomStore &store, RoomId room) : m_store(store), m_room(std::move(room)) {}

    [[nodiscard]] Result<PowerLevels> powerLevels() const;
    /// Bots and the like, who are no members to a person (io.element.functional_members).
    [[nodiscard]] Result<QSet<UserId>> serviceMembers() const;
    /// The content; empty where there is no such event.
    [[nodiscard]] Result<QJsonObject> content(const QString &type, const QString &stateKey = {}) const;

private:
    const RoomStore &m_store;
    RoomId m_room;
};

} // namespace parvis::rooms
