// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "events/event_page.h"

namespace parvis::timeline {

/// Where older events come from: the server, or a fake. Core thread.
class HistorySource
{
public:
    virtual ~HistorySource() = default;
    /// @p from: empty asks from the end of the room. The chunk is newest first.
    [[nodiscard]] virtual Task<EventPage> older(const RoomId &room, const QString &from, int limit) = 0;
    /// What is right before @p event, newest first, and where to go on from there. A source that knows no
    /// better begins at the end of the room.
    [[nodiscard]] virtual Task<EventPage> before(const RoomId &room, const EventId &event, int limit)
    {
        Q_UNUSED(event);
        return older(room, {}, limit);
    }
};

} // namespace parvis::timeline
