// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/context_page.h"
#include "timeline/history_source.h"

namespace parvis::timeline {

/// All of a room's past, from any of its places. Core thread.
class RoomHistory : public HistorySource
{
public:
    /// The chunk is oldest first; no end: nothing newer exists.
    [[nodiscard]] virtual Task<EventPage> newer(const RoomId &room, const QString &from, int limit) = 0;
    /// @p event with about @p limit events around it.
    [[nodiscard]] virtual Task<ContextPage> around(const RoomId &room, const EventId &event, int limit) = 0;
    /// The first event at or after a time, milliseconds since 1970; where there is none, the last before it.
    [[nodiscard]] virtual Task<EventId> nearest(const RoomId &room, qint64 ts) = 0;
    /// A page of what is in the thread of @p root, newest first; @p from: empty asks for the newest.
    [[nodiscard]] virtual Task<EventPage> inThread(const RoomId &room, const EventId &root,
                                                   const QString &from, int limit) = 0;
    /// One event, without its neighbours: the page has it, or nothing where it is broken.
    [[nodiscard]] virtual Task<EventPage> single(const RoomId &room, const EventId &event) = 0;
};

} // namespace parvis::timeline
