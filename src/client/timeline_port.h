// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

#include <memory>

namespace parvis {

/// What a page of older or newer messages brought.
struct Paginated {
    int added = 0;
    bool atStart = false; ///< nothing older exists
    bool atEnd = true;    ///< nothing newer exists

    bool operator==(const Paginated &) const = default;
};

/// Messages that were shown as unreadable and can be read now, because their keys came.
struct RepairedMessages {
    int count = 0; ///< of the last batch: what came within a second or so
    int batch = 0; ///< how many batches there were since the conversation was opened; 0: none

    bool operator==(const RepairedMessages &) const = default;
};

/// A thread of a room, as far as is known.
struct ThreadCard {
    TimelineItem root;
    int count = 0; ///< of messages in it, without the first
    std::optional<TimelineItem> latest;

    bool operator==(const ThreadCard &) const = default;
};

/// Who hears how far the person has read.
enum class ReceiptKind {
    Public,  ///< everybody in the room
    Private, ///< the person's own devices alone
};

/// One open conversation, oldest item first, local echoes last; closed by its destruction. It shows the
/// newest messages, or a piece of the past, as RoomHeader::atEnd says. UI thread.
class Timeline
{
public:
    virtual ~Timeline() = default;

    virtual void subscribeItems(const QObject *context, ListSink<TimelineItem> sink) = 0;
    virtual void subscribeHeader(const QObject *context, ValueSink<RoomHeader> sink) = 0;
    virtual void subscribeRepaired(const QObject *context, ValueSink<RepairedMessages> sink) = 0;

    /// From the disk where it is, else from the server. A second call while one runs answers with it.
    [[nodiscard]] virtual Task<Paginated> paginateBack(int count) = 0;
    /// The same towards the newest messages, which it joins; nothing where they are shown.
    [[nodiscard]] virtual Task<Paginated> paginateForward(int count) = 0;
    /// Shows what is around @p event, wherever in the past that is: of the disk where it is known, else of
    /// the server. A later call makes an earlier one fail with PARVIS_CANCELLED; where it fails, all stays as
    /// it is.
    [[nodiscard]] virtual Task<void> goTo(const EventId &event) = 0;
    /// The same for the first event at or after @p ts, milliseconds since 1970, or the last one before it;
    /// answers which.
    [[nodiscard]] virtual Task<EventId> goToTime(qint64 ts) = 0;
    /// Shows the newest messages again.
    [[nodiscard]] virtual Task<void> backToNewest() = 0;
    /// The person has seen everything up to and with this event. PARVIS_NO_SUCH_EVENT where it is not known.
    [[nodiscard]] virtual Task<void> markRead(const EventId &event,
                                              ReceiptKind kind = ReceiptKind::Public) = 0;
    /// The person writes, or stopped: others hear of it for half a minute, and again while it is repeated.
    [[nodiscard]] virtual Task<void> setTyping(bool on) = 0;
    /// Tries again at once to get the key of an unreadable message; what comes of it shows in its line.
    /// PARVIS_NO_SUCH_EVENT where it is not known.
    [[nodiscard]] virtual Task<void> askAgain(const EventId &event) = 0;
};

/// Opens conversations. UI thread.
class TimelinePort
{
public:
    virtual ~TimelinePort() = default;

    /// Never null: a room that does not exist (any more) has an empty list and CannotSend::NotMember.
    /// @p thread: the first message of a thread, which alone is shown then; there is no goTo() in it.
    [[nodiscard]] virtual std::unique_ptr<Timeline> open(const RoomId &room, const EventId &thread = {}) = 0;
    /// The threads of a room, the one with the newest message first: what the server says, at most
    /// mostThreads, and what is here; where it does not answer, what is here.
    [[nodiscard]] virtual Task<QList<ThreadCard>> threads(const RoomId &room) = 0;
    static constexpr int mostThreads = 50;
    /// What RoomHeader::pinned names, in its order, fetched where it is not here; without what cannot be had.
    [[nodiscard]] virtual Task<QList<TimelineItem>> pinned(const RoomId &room) = 0;
    /// Pins a message for everybody in the room, or takes it off; nothing where that is so already.
    /// PARVIS_NO_SUCH_EVENT for one to pin that is not known.
    [[nodiscard]] virtual Task<void> setPinned(const RoomId &room, const EventId &event, bool on) = 0;
};

} // namespace parvis
