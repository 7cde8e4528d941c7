// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/attention.h"
#include "store/cache/state_changes.h"
#include "store/database.h"

#include <limits>

namespace parvis {

/// A row of a timeline.
struct TimelineRow {
    TimelinePlace place;
    RoomEvent event;
    QString relType = {}; ///< also of an event whose relation a redaction took away
    bool sentInClear =
        false; ///< it came once the room was known to be encrypted: that stays, wherever it stands
};

/// Older events are missing before a chunk.
struct Gap {
    qint64 chunk = 0;
    QString prevBatch; ///< empty: ask from the end of the room, or from the first event behind it
    bool cut = false;  ///< what was there is not kept on this machine

    bool operator==(const Gap &) const = default;
};

/// A gap that was read up to known events is closed once so many of those came in a row: messages that were
/// late on their way from another server stand among the known ones, by the order of the history.
constexpr qint64 enoughOverlap = 100;

/// Reads of timelines. Core thread; each call is a query.
class EventStore
{
public:
    static constexpr int mostEdits = 30;
    /// Behind every other place.
    static constexpr TimelinePlace theEnd{std::numeric_limits<qint64>::max(),
                                          std::numeric_limits<qint64>::max()};

    explicit EventStore(Database &database) : m_database(database) {}

    /// The newest @p limit events, oldest first; stops at a gap.
    [[nodiscard]] Result<QList<TimelineRow>> newest(const RoomId &room, int limit) const;
    /// Up to @p limit events right before @p place, oldest first; stops at a gap.
    [[nodiscard]] Result<QList<TimelineRow>> before(const RoomId &room, TimelinePlace place, int limit) const;
    /// Up to @p limit events right after @p place, oldest first; stops at a gap.
    [[nodiscard]] Result<QList<TimelineRow>> after(const RoomId &room, TimelinePlace place, int limit) const;
    /// Everything from @p place on, up to and with @p last, places and ids alone; the first @p limit of them.
    [[nodiscard]] Result<QList<std::pair<TimelinePlace, EventId>>>
    idsFrom(const RoomId &room, TimelinePlace place, TimelinePlace last = theEnd, qint64 limit = -1) const;
    [[nodiscard]] Result<std::optional<TimelinePlace>> placeOf(const RoomId &room, const EventId &id) const;
    struct Standing {
        TimelinePlace place;
        Attention attention = Attention::Unjudged; ///< what the push rules said of it when it was counted
        bool redacted = false;
    };
    [[nodiscard]] Result<std::optional<Standing>> standingOf(const RoomId &room, const EventId &id) const;
    /// Behind which no place is of the contiguous stretch in which @p place lies; theEnd for the newest
    /// stretch.
    [[nodiscard]] Result<TimelinePlace> stretchEnd(const RoomId &room, TimelinePlace place) const;
    /// What is known of the encryption where an island's first event stands.
    struct IslandState {
        bool inClear = false; ///< the server says that the room was not encrypted there yet
        std::optional<TimelinePlace> encryption; ///< of the first event on it that turns encryption on
    };
    [[nodiscard]] Result<IslandState> islandState(const RoomId &room, qint64 chunk) const;
    /// The gap that ends the contiguous stretch in which @p place lies, if there is one.
    [[nodiscard]] Result<std::optional<Gap>> gapBefore(const RoomId &room, TimelinePlace place) const;
    /// A hole up to @p place that hides nothing: what lies on both sides is shown as if nothing were missing.
    /// The newest of which the server has not said three times that nothing is in it, else the newest.
    [[nodiscard]] Result<std::optional<Gap>> holeBefore(const RoomId &room, TimelinePlace place) const;
    /// What is missing right before a chunk.
    [[nodiscard]] Result<std::optional<Gap>> gapAt(const RoomId &room, qint64 chunk) const;
    /// The gap before the newest stretch, also in a room without any event.
    [[nodiscard]] Result<std::optional<Gap>> newestGap(const RoomId &room) const;
    [[nodiscard]] Result<std::optional<TimelineRow>> event(const RoomId &room, const EventId &id) const;
    /// What the sender of @p target wrote to replace it: the newest mostEdits by their times, oldest first.
    /// Not checked: checkEdit() decides.
    [[nodiscard]] Result<QList<RoomEvent>> edits(const RoomId &room, const EventId &target) const;
    /// What refers to @p target with m.annotation, in the timeline's order, at most @p limit. Not checked.
    [[nodiscard]] Result<QList<RoomEvent>> annotations(const RoomId &room, const EventId &target,
                                                       int limit) const;
    /// What refers to @p target with m.reference, as votes do, no later than @p until (milliseconds since
    /// 1970): of each sender the newest @p ofEach by their times, at most @p limit, in no order. Not checked.
    [[nodiscard]] Result<QList<RoomEvent>> references(const RoomId &room, const EventId &target, qint64 until,
                                                      int ofEach, int limit) const;
    /// Those of one of @p types: the first of each sender by their times, the earliest @p limit, in no order.
    /// Not checked.
    [[nodiscard]] Result<QList<RoomEvent>> firstReferences(const RoomId &room, const EventId &target,
                                                           const QStringList &types, int limit) const;
    /// How many events each person has in the thread of @p root, without what was taken back.
    [[nodiscard]] Result<QHash<UserId, int>> peopleInThread(const RoomId &room, const EventId &root) const;
    /// The newest event in the thread of @p root, as far as is known here; the root itself is none.
    [[nodiscard]] Result<std::optional<EventId>> newestInThread(const RoomId &room,
                                                                const EventId &root) const;
    struct InThread {
        TimelinePlace place;
        EventId id;
        qint64 ts = 0;
    };
    /// The newest @p limit events in the thread of @p root, oldest first, without it. Those of which nobody
    /// knows where they stand are among the others by their times.
    [[nodiscard]] Result<QList<InThread>> inThread(const RoomId &room, const EventId &root, int limit) const;
    /// A thread, as far as is known here.
    struct Thread {
        EventId root;
        int count = 0; ///< of what is in it, without its root and what was taken back
    };
    [[nodiscard]] Result<QList<Thread>> threads(const RoomId &room) const;
    /// The newest event that may be shown in the room list.
    [[nodiscard]] Result<std::optional<RoomEvent>> preview(const RoomId &room) const;
    /// Encrypted events that wait for the key of @p session; an empty session: for any.
    [[nodiscard]] Result<QList<Event>> unreadable(const RoomId &room, const SessionId &session,
                                                  int limit) const;
    /// Encrypted rooms in which messages cannot be read, the newest first.
    [[nodiscard]] Result<QList<RoomId>> roomsThatWait() const;
    /// The sessions of a room whose key is missing, or starts too late, as far as was known when their events
    /// came.
    [[nodiscard]] Result<QList<SessionId>> sessionsWaitedFor(const RoomId &room) const;

private:
    Database &m_database;
};

} // namespace parvis

// As with Event.
Q_DECLARE_TYPEINFO(parvis::TimelineRow, Q_RELOCATABLE_TYPE);
