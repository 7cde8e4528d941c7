// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

namespace parvis {

/// Everything that is written: queue and drafts. UI thread. An answer means "on the disk", so the text
/// field may be emptied; that the server has it is seen in the timeline and the queue.
class ComposerPort
{
public:
    virtual ~ComposerPort() = default;

    /// @p body as typed; the core makes the formatted part. With the row of the queue, and not before, it
    /// goes from the front of the room's draft.
    [[nodiscard]] virtual Task<TransactionId> send(const RoomId &room, const QString &body) = 0;
    [[nodiscard]] virtual Task<TransactionId> edit(const RoomId &room, const EventId &event,
                                                   const QString &body) = 0;
    /// An answer to @p event, whose author is told. PARVIS_NO_SUCH_EVENT, as with all that follows.
    [[nodiscard]] virtual Task<TransactionId> reply(const RoomId &room, const EventId &event,
                                                    const QString &body) = 0;
    /// In the thread that begins with @p root.
    [[nodiscard]] virtual Task<TransactionId> sendInThread(const RoomId &room, const EventId &root,
                                                           const QString &body) = 0;
    /// @p key: an emoji, or a short word. Everybody in the room sees who gave it, the server too.
    [[nodiscard]] virtual Task<TransactionId> react(const RoomId &room, const EventId &event,
                                                    const QString &key) = 0;
    /// Takes one's own reaction back, also one that was not sent yet. PARVIS_NO_SUCH_REACTION.
    [[nodiscard]] virtual Task<void> unreact(const RoomId &room, const EventId &event,
                                             const QString &key) = 0;
    /// Removes an event for everybody, for good. The server says no (M_FORBIDDEN) where one may not.
    [[nodiscard]] virtual Task<TransactionId> redact(const RoomId &room, const EventId &event,
                                                     const QString &reason) = 0;
    /// Puts a failed entry back into the queue under the same transaction id.
    [[nodiscard]] virtual Task<void> retry(const TransactionId &txn) = 0;
    /// Takes an entry out of the queue; fails with kind NotFound where the server already has it.
    [[nodiscard]] virtual Task<void> cancel(const TransactionId &txn) = 0;
    virtual void subscribeQueue(const QObject *context, ListSink<QueueItem> sink) = 0;

    /// Empty: none. With an error it is not known whether there is one, and setDraft() would replace it.
    [[nodiscard]] virtual Task<QString> draft(const RoomId &room) = 0;
    /// An empty text forgets it. Cheap to call often: the core writes it at most once a second.
    [[nodiscard]] virtual Task<void> setDraft(const RoomId &room, const QString &text) = 0;
};

} // namespace parvis
