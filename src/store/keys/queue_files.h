// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace parvis {
class Database;
}

namespace parvis::store {

/// The file that goes with a row of the send queue.
struct QueueFile {
    TransactionId txnId = {}; ///< of the row
    QString name;             ///< of the ciphertext, in the account's folder
    qint64 bytes = 0;
    QByteArray opens;  ///< crypto::EncryptedFile as JSON, without a url: holds the key
    QString mediaType; ///< of the clear text
    QString url = {};  ///< where the server has it; empty before
    bool urlEncrypted = false;

    bool operator==(const QueueFile &) const = default;
};

/// Files of the send queue; a row of it takes its file along when it goes. Core thread.
class QueueFileStore
{
public:
    explicit QueueFileStore(Database &keys) : m_keys(keys) {}

    /// In the transaction that makes the row: see QueueStore::enqueue().
    [[nodiscard]] Result<void> add(const QueueFile &file);
    [[nodiscard]] Result<std::optional<QueueFile>> find(const TransactionId &txnId);
    [[nodiscard]] Result<QList<QueueFile>> all();
    /// The server has it. PARVIS_NO_QUEUE_ROW where the row was cancelled meanwhile.
    [[nodiscard]] Result<void> setUrl(const TransactionId &txnId, const QString &url, bool encrypted);

private:
    Database &m_keys;
};

} // namespace parvis::store
