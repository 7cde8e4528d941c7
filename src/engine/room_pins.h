// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/values.h"
#include "store/cache/cache.h"

namespace parvis {

class Engine;

/// More pinned messages of a room are not looked at: any member with the right to it may write ten thousand.
inline constexpr qsizetype mostPinned = 100;

/// What m.room.pinned_events says, each once; the newest mostPinned. Core thread, as the rest.
[[nodiscard]] Result<QList<EventId>> pinnedIn(const Cache &cache, const RoomId &room);
/// As TimelinePort::pinned() says.
[[nodiscard]] Task<QList<TimelineItem>> pinnedLines(Engine &engine, const RoomId &room);
/// As TimelinePort::setPinned() says. What the server has taken is in the cache at once.
[[nodiscard]] Task<void> setPinned(Engine &engine, const RoomId &room, const EventId &event, bool on);

} // namespace parvis
