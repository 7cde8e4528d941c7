// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/queue_files.h"

#include "store/database.h"

using namespace Qt::StringLiterals;

namespace parvis::store {

namespace {

constexpr auto selectFiles =
    "SELECT txn_id, name, bytes, opens, media_type, url, url_encrypted FROM queue_file ";

QueueFile readFile(const Statement &row)
{
    return {.txnId = row.get<TransactionId>(0),
            .name = row.get<QString>(1),
            .bytes = row.get<qint64>(2),
            .opens = row.get<QByteArray>(3),
            .mediaType = row.get<QString>(4),
            .url = row.get<QString>(5),
            .urlEncrypted = row.get<bool>(6)};
}

} // namespace

Result<void> QueueFileStore::add(const QueueFile &file)
{
    return m_keys.run("INSERT INTO queue_file (txn_id, name, bytes, opens, media_type, url, url_encrypted)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?)",
                      file.txnId, file.name, file.bytes, file.opens, file.mediaType, file.url,
                      file.urlEncrypted);
}

Result<std::optional<QueueFile>> QueueFileStore::find(const TransactionId &txnId)
{
    return m_keys.one(QByteArray(selectFiles) + "WHERE txn_id = ?", readFile, txnId);
}

Result<QList<QueueFile>> QueueFileStore::all()
{
    return m_keys.all(QByteArray(selectFiles) + "ORDER BY txn_id", readFile);
}

Result<void> QueueFileStore::setUrl(const TransactionId &txnId, const QString &url, bool encrypted)
{
    auto done = m_keys.run("UPDATE queue_file SET url = ?, url_encrypted = ? WHERE txn_id = ?", url,
                           encrypted, txnId);
    if (done && m_keys.changes() == 0)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_QUEUE_ROW"_s);
    return done;
}

} // namespace parvis::store
