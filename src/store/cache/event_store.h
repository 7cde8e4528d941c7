// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/state_changes.h"
#include "store/database.h"

namespace parvis {

/// A row of a timeline.
struct TimelineRow {
    TimelinePlace place;
    RoomEvent event;
    QString relType = {}; ///< also of an event whose relation a redaction took away
};

/// Older events are missing before a chunk.
struct Gap {
    qint64 chunk = 0;
    QString prevBatch; ///< empty: ask from the end of the room

    bool operator==(const Gap &) const = default;
};

/// Reads of timelines. Core thread; each call is a query.
class EventStore
{
public:
    explicit EventStore(Database &database) : m_database(database) {}

    /// The newest @p limit events, oldest first; stops at a gap.
    [[nodiscard]] Result<QList<TimelineRow>> newest(const RoomId &room, int limit) const;
    /// Up to @p limit events right before @p place, oldest first; stops at a gap.
    [[nodiscard]] Result<QList<TimelineRow>> before(const RoomId &room, TimelinePlace place, int limit) const;
    /// Everything from @p place on, places and ids alone.
    [[nodiscard]] Result<QList<std::pair<TimelinePlace, EventId>>> idsFrom(const RoomId &room,
                                                                           TimelinePlace place) const;
    /// The gap that ends the contiguous stretch in which @p place lies, if there is one.
    [[nodiscard]] Result<std::optional<Gap>> gapBefore(const RoomId &room, TimelinePlace place) const;
    /// The gap before the newest stretch, also in a room without any event.
    [[nodiscard]] Result<std::optional<Gap>> newestGap(const RoomId &room) const;
    [[nodiscard]] Result<std::optional<TimelineRow>> event(const RoomId &room, const EventId &id) const;
    /// What refers to @p target with m.replace, in the timeline's order. Not checked: checkEdit() decides.
    [[nodiscard]] Result<QList<RoomEvent>> edits(const RoomId &room, const EventId &target) const;
    /// What refers to @p target with m.annotation, in the timeline's order, at most @p limit. Not checked.
    [[nodiscard]] Result<QList<RoomEvent>> annotations(const RoomId &room, const EventId &target,
                                                       int limit) const;
    /// The newest event in the thread of @p root, as far as is known here; the root itself is none.
    [[nodiscard]] Result<std::optional<EventId>> newestInThread(const RoomId &room,
                                                                const EventId &root) const;
    /// The newest event that may be shown in the room list.
    [[nodiscard]] Result<std::optional<RoomEvent>> preview(const RoomId &room) const;
    /// Encrypted events that wait for the key of @p session; an empty session: for any.
    [[nodiscard]] Result<QList<Event>> unreadable(const RoomId &room, const SessionId &session,
                                                  int limit) const;
    /// The sessions of a room whose key is missing, as far as was known when their events came.
    [[nodiscard]] Result<QList<SessionId>> sessionsWaitedFor(const RoomId &room) const;

private:
    Database &m_database;
};

} // namespace parvis
