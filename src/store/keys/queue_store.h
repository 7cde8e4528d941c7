// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "store/keys/queue_files.h"

#include <QByteArray>
#include <QList>

#include <functional>
#include <optional>

namespace parvis {
class Database;
}

namespace parvis::store {

/// Stored as a number: the order never changes.
enum class QueueState {
    Queued,  ///< waits for its turn
    Sending, ///< a request may be on its way; after a restart it goes out again with the same transaction id
    Failed,  ///< trying again by itself would not help; skipped until the person decides
    Sent,    ///< the server has named the event; the row goes once the event is in the cache
};

/// One message that is not known to be in the room's history.
struct QueueRow {
    qint64 seq = 0; ///< the order of sending; given by enqueue()
    TransactionId txnId;
    RoomId roomId;
    QString kind;       ///< the sender's word for what it is, such as "m.room.message"
    QByteArray content; ///< JSON, in clear
    /// JSON as it goes out; the same on every retry, unless others may read it by then.
    std::optional<QByteArray> ciphertext = std::nullopt;
    QueueState state = QueueState::Queued;
    int attempts = 0;       ///< requests that were begun
    QString errorCode = {}; ///< of the last failure
    qint64 createdMs = 0;
    std::optional<TransactionId> dependsOn =
        std::nullopt;     ///< the queued message that this one edits or redacts
    EventId target = {};  ///< the event id of dependsOn, once it is known
    EventId eventId = {}; ///< once it is known

    bool operator==(const QueueRow &) const = default;
};

/// The send queue: first in, first out in each room, on disk before anything leaves the process. Core thread.
/// Where there is no such row, the answer is NotFound, PARVIS_NO_QUEUE_ROW: it was cancelled meanwhile.
class QueueStore
{
public:
    /// What has to be on the disk with a row, or not at all.
    using Along = std::function<Result<void>()>;

    explicit QueueStore(Database &keys) : m_keys(keys) {}

    /// Answers with the row's place in the order. A transaction id that is there already is an error. What
    /// @p along writes is in the same transaction; its error undoes all of it.
    [[nodiscard]] Result<qint64> enqueue(const QueueRow &row, const Along &along = {});
    /// Row and file at once; the file's transaction id is the row's.
    [[nodiscard]] Result<qint64> enqueue(const QueueRow &row, QueueFile file, const Along &along = {});

    /// What goes out next in this room: the oldest row that is neither failed nor sent, and whose target is
    /// known.
    [[nodiscard]] Result<std::optional<QueueRow>> next(const RoomId &room);
    [[nodiscard]] Result<std::optional<QueueRow>> find(const TransactionId &txnId);
    [[nodiscard]] Result<QList<QueueRow>> list(const RoomId &room);
    /// Rooms with at least one row, of whatever state.
    [[nodiscard]] Result<QList<RoomId>> rooms();

    [[nodiscard]] Result<void> markSending(const TransactionId &txnId);
    /// Back in the queue after a failure that passes by itself.
    [[nodiscard]] Result<void> markQueued(const TransactionId &txnId, const QString &errorCode);
    [[nodiscard]] Result<void> markFailed(const TransactionId &txnId, const QString &errorCode);
    /// Also gives the event id to those that depend on it.
    [[nodiscard]] Result<void> markSent(const TransactionId &txnId, const EventId &eventId);
    /// The person tries again: from Failed to Queued.
    [[nodiscard]] Result<void> retry(const TransactionId &txnId);

    /// What CryptoStore::save() does in the transaction of the ratchet; alone it is for content in clear
    /// rooms.
    [[nodiscard]] Result<void> setCiphertext(const TransactionId &txnId, const QByteArray &ciphertext);
    /// An edit of what has not left yet; drops the ciphertext. PARVIS_QUEUE_BUSY once it may be on its way.
    [[nodiscard]] Result<void> setContent(const TransactionId &txnId, const QByteArray &content);
    /// Another transaction id, no ciphertext: the message is encrypted anew. Its dependents follow.
    [[nodiscard]] Result<void> renew(const TransactionId &txnId, const TransactionId &newTxnId);

    /// Removes the row, and those that depend on it and do not know its event id; answers with all of them.
    [[nodiscard]] Result<QList<TransactionId>> remove(const TransactionId &txnId);

private:
    [[nodiscard]] Result<qint64> insert(const QueueRow &row);
    Result<void> changed(Result<void> done);

    Database &m_keys;
};

} // namespace parvis::store
