// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/queue_store.h"

#include "store/transaction.h"

using namespace Qt::StringLiterals;

namespace parvis::store {

namespace {

QueueRow readRow(const Statement &row)
{
    return {
        .seq = row.get<qint64>(0),
        .txnId = row.get<TransactionId>(1),
        .roomId = row.get<RoomId>(2),
        .kind = row.get<QString>(3),
        .content = row.get<QByteArray>(4),
        .ciphertext = row.get<std::optional<QByteArray>>(5),
        .state = row.get<QueueState>(6),
        .attempts = row.get<int>(7),
        .errorCode = row.get<QString>(8),
        .createdMs = row.get<qint64>(9),
        .dependsOn = row.get<std::optional<TransactionId>>(10),
        .target = row.get<EventId>(11),
        .eventId = row.get<EventId>(12),
    };
}

constexpr auto select =
    "SELECT seq, txn_id, room_id, kind, content, ciphertext, state, attempts, error_code, created_ms,"
    " depends_on, target, event_id FROM queue ";

} // namespace

Result<qint64> QueueStore::enqueue(const QueueRow &row, const Along &along)
{
    if (!along)
        return insert(row);
    qint64 place = 0;
    const auto done = transact(m_keys, [&] {
        return insert(row).and_then([&](qint64 seq) {
            place = seq;
            return along();
        });
    });
    return done.map([&] { return place; });
}

Result<qint64> QueueStore::enqueue(const QueueRow &row, QueueFile file, const Along &along)
{
    file.txnId = row.txnId;
    return enqueue(row, [&] {
        const auto added = QueueFileStore(m_keys).add(file);
        return added && along ? along() : added;
    });
}

Result<qint64> QueueStore::insert(const QueueRow &row)
{
    const auto seq = m_keys.one(
        "INSERT INTO queue (txn_id, room_id, kind, content, ciphertext, state, attempts, error_code, "
        "created_ms,"
        " depends_on, target, event_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq",
        [](const Statement &found) { return found.get<qint64>(0); }, row.txnId, row.roomId, row.kind,
        row.content, row.ciphertext, row.state, row.attempts, row.errorCode, row.createdMs, row.dependsOn,
        row.target, row.eventId);
    return seq.map([](const std::optional<qint64> &place) { return place.value_or(0); });
}

Result<std::optional<QueueRow>> QueueStore::next(const RoomId &room)
{
    return m_keys.one(QByteArray(select)
                          + "WHERE room_id = ? AND state IN (?, ?) AND (depends_on IS NULL OR target <> '')"
                            " ORDER BY seq LIMIT 1",
                      readRow, room, QueueState::Queued, QueueState::Sending);
}

Result<std::optional<QueueRow>> QueueStore::find(const TransactionId &txnId)
{
    return m_keys.one(QByteArray(select) + "WHERE txn_id = ?", readRow, txnId);
}

Result<QList<QueueRow>> QueueStore::list(const RoomId &room)
{
    return m_keys.all(QByteArray(select) + "WHERE room_id = ? ORDER BY seq", readRow, room);
}

Result<QList<RoomId>> QueueStore::rooms()
{
    return m_keys.all("SELECT DISTINCT room_id FROM queue ORDER BY room_id",
                      [](const Statement &row) { return row.get<RoomId>(0); });
}

Result<void> QueueStore::changed(Result<void> done)
{
    if (done && m_keys.changes() == 0)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_QUEUE_ROW"_s);
    return done;
}

Result<void> QueueStore::markSending(const TransactionId &txnId)
{
    return changed(m_keys.run("UPDATE queue SET state = ?, attempts = attempts + 1 WHERE txn_id = ?",
                              QueueState::Sending, txnId));
}

Result<void> QueueStore::markQueued(const TransactionId &txnId, const QString &errorCode)
{
    return changed(m_keys.run("UPDATE queue SET state = ?, error_code = ? WHERE txn_id = ?",
                              QueueState::Queued, errorCode, txnId));
}

Result<void> QueueStore::markFailed(const TransactionId &txnId, const QString &errorCode)
{
    return changed(m_keys.run("UPDATE queue SET state = ?, error_code = ? WHERE txn_id = ?",
                              QueueState::Failed, errorCode, txnId));
}

Result<void> QueueStore::markSent(const TransactionId &txnId, const EventId &eventId)
{
    return transact(m_keys, [&]() -> Result<void> {
        auto done =
            changed(m_keys.run("UPDATE queue SET state = ?, event_id = ?, error_code = '' WHERE txn_id = ?",
                               QueueState::Sent, eventId, txnId));
        if (!done)
            return done;
        return m_keys.run("UPDATE queue SET target = ? WHERE depends_on = ?", eventId, txnId);
    });
}

Result<void> QueueStore::retry(const TransactionId &txnId)
{
    return changed(m_keys.run("UPDATE queue SET state = ?, attempts = 0, error_code = ''"
                              " WHERE txn_id = ? AND state = ?",
                              QueueState::Queued, txnId, QueueState::Failed));
}

Result<void> QueueStore::setCiphertext(const TransactionId &txnId, const QByteArray &ciphertext)
{
    return changed(m_keys.run("UPDATE queue SET ciphertext = ? WHERE txn_id = ?", ciphertext, txnId));
}

Result<void> QueueStore::setContent(const TransactionId &txnId, const QByteArray &content)
{
    const auto row = find(txnId);
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_QUEUE_ROW"_s);
    // Once it was tried, the server may have the old content, however the request ended.
    if ((*row)->state == QueueState::Sending || (*row)->state == QueueState::Sent || (*row)->attempts > 0)
        return fail(ErrorKind::Usage, u"PARVIS_QUEUE_BUSY"_s);
    return m_keys.run("UPDATE queue SET content = ?, ciphertext = NULL WHERE txn_id = ?", content, txnId);
}

Result<void> QueueStore::renew(const TransactionId &txnId, const TransactionId &newTxnId)
{
    return transact(m_keys, [&]() -> Result<void> {
        auto done = changed(
            m_keys.run("UPDATE queue SET txn_id = ?, ciphertext = NULL WHERE txn_id = ?", newTxnId, txnId));
        if (!done)
            return done;
        return m_keys.run("UPDATE queue SET depends_on = ? WHERE depends_on = ?", newTxnId, txnId);
    });
}

Result<QList<TransactionId>> QueueStore::remove(const TransactionId &txnId)
{
    // UNION, not UNION ALL: rows that depend on each other in a circle end it.
    auto removed = m_keys.all(
        "WITH RECURSIVE gone (txn) AS (SELECT txn_id FROM queue WHERE txn_id = ?"
        " UNION SELECT q.txn_id FROM queue q JOIN gone ON q.depends_on = gone.txn"
        " WHERE q.target = '')"
        " DELETE FROM queue WHERE txn_id IN (SELECT txn FROM gone) RETURNING txn_id",
        [](const Statement &row) { return row.get<TransactionId>(0); }, txnId);
    if (removed && removed->isEmpty())
        return fail(ErrorKind::NotFound, u"PARVIS_NO_QUEUE_ROW"_s);
    return removed;
}

} // namespace parvis::store
