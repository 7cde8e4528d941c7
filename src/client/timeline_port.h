// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

#include <memory>

namespace parvis {

/// What a page of older messages brought.
struct Paginated {
    int added = 0;
    bool atStart = false;

    bool operator==(const Paginated &) const = default;
};

/// Messages that were shown as unreadable and can be read now, because their keys came.
struct RepairedMessages {
    int count = 0; ///< of the last batch: what came within a second or so
    int batch = 0; ///< how many batches there were since the conversation was opened; 0: none

    bool operator==(const RepairedMessages &) const = default;
};

/// Who hears how far the person has read.
enum class ReceiptKind {
    Public,  ///< everybody in the room
    Private, ///< the person's own devices alone
};

/// One open conversation, oldest item first, local echoes last; closed by its destruction. UI thread.
class Timeline
{
public:
    virtual ~Timeline() = default;

    virtual void subscribeItems(const QObject *context, ListSink<TimelineItem> sink) = 0;
    virtual void subscribeHeader(const QObject *context, ValueSink<RoomHeader> sink) = 0;
    virtual void subscribeRepaired(const QObject *context, ValueSink<RepairedMessages> sink) = 0;

    /// From the disk where it is, else from the server. A second call while one runs answers with it.
    [[nodiscard]] virtual Task<Paginated> paginateBack(int count) = 0;
    /// The person has seen everything up to and with this event. PARVIS_NO_SUCH_EVENT where it is not known.
    [[nodiscard]] virtual Task<void> markRead(const EventId &event,
                                              ReceiptKind kind = ReceiptKind::Public) = 0;
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
    [[nodiscard]] virtual std::unique_ptr<Timeline> open(const RoomId &room) = 0;
};

} // namespace parvis
