// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

#include <QStringList>

namespace parvis {

/// Who is told of a message by name, beside the author of what it answers.
struct Mentions {
    QList<UserId> users;
    bool room = false; ///< everybody in the room, where the person may call them

    bool operator==(const Mentions &) const = default;
};

/// A poll to be made.
struct NewPoll {
    QString question;
    QStringList answers;
    bool disclosed = true; ///< votes are seen before it ends
    int maxSelections = 1;
};

/// Everything that is written: queue and drafts. UI thread. An answer means "on the disk", so the text
/// field may be emptied; that the server has it is seen in the timeline and the queue.
class ComposerPort
{
public:
    virtual ~ComposerPort() = default;

    /// @p body as typed; the core makes the formatted part. With the row of the queue, and not before, it
    /// goes from the front of the room's draft.
    /// PARVIS_BAD_USER_ID where one of @p mentions is none.
    [[nodiscard]] virtual Task<TransactionId> send(const RoomId &room, const QString &body,
                                                   const Mentions &mentions = {}) = 0;
    /// What a message says, as it is now, sent to @p to as one of the person's own: without what it answered
    /// and whom it named. PARVIS_NO_SUCH_EVENT where it is not here or cannot be read; PARVIS_NOT_FORWARDABLE
    /// where it is no message, or an encrypted file that would come to a room without encryption.
    [[nodiscard]] virtual Task<TransactionId> forward(const RoomId &room, const EventId &event,
                                                      const RoomId &to) = 0;
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
    /// PARVIS_EMPTY_MESSAGE where the question or an answer is empty, PARVIS_MESSAGE_TOO_LARGE where there
    /// are more answers than a poll may have, or they are too long.
    [[nodiscard]] virtual Task<TransactionId> startPoll(const RoomId &room, const NewPoll &poll) = 0;
    /// @p choices: ids of PollChoice, of which the first that may be chosen count; none takes the vote back.
    /// PARVIS_NO_SUCH_EVENT where there is no such poll or choice, PARVIS_POLL_ENDED.
    [[nodiscard]] virtual Task<TransactionId> vote(const RoomId &room, const EventId &poll,
                                                   const QStringList &choices) = 0;
    /// Ends a poll for everybody. PARVIS_NO_SUCH_EVENT, PARVIS_POLL_ENDED; PARVIS_NOT_YOUR_MESSAGE where it
    /// is somebody else's, and the person may not remove messages.
    [[nodiscard]] virtual Task<TransactionId> endPoll(const RoomId &room, const EventId &poll) = 0;
    /// A place, in degrees. @p words: what is written with it; empty: the numbers. PARVIS_BAD_PLACE.
    [[nodiscard]] virtual Task<TransactionId> sendPlace(const RoomId &room, double latitude, double longitude,
                                                        const QString &words) = 0;
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
