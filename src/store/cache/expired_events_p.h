// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "events/room_event.h"
#include "store/database.h"

namespace parvis {

/// Keeps messages out that the room wants to be gone by now, whoever sends them. State events do not expire.
class ExpiredEvents
{
public:
    /// @p clock: null lets everything in.
    ExpiredEvents(Database &database, const Clock *clock) : m_database(database), m_clock(clock) {}

    /// What is left of @p events in the room in @p row; nothing where all of them may stay.
    [[nodiscard]] Result<std::optional<QList<RoomEvent>>> without(qint64 row, const QList<RoomEvent> &events);

private:
    Database &m_database;
    const Clock *m_clock;
};

} // namespace parvis
