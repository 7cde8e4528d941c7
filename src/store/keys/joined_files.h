// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace parvis {
class Database;
}

namespace parvis::store {

/// A file that is joined to what is being written.
struct JoinedRow {
    qint64 id = 0; ///< in the order of joining; given by add()
    RoomId room = {};
    QString path = {}; ///< empty: a picture that was pasted, which lies in no file of the person's
    QString name = {};
    QString mediaType = {};
    qint64 bytes = -1;     ///< of the clear text; -1: nobody has looked at the file yet
    qint64 changedMs = 0;  ///< when it had been written last, as of bytes
    QString sealed = {};   ///< the name of a picture's ciphertext, in the account's folder
    QByteArray opens = {}; ///< crypto::EncryptedFile as JSON, without a url: holds the key

    bool operator==(const JoinedRow &) const = default;
};

/// What is joined and not in the queue yet, in keys.db. Core thread.
class JoinedFileStore
{
public:
    explicit JoinedFileStore(Database &keys) : m_keys(keys) {}

    /// Answers with its id.
    [[nodiscard]] Result<qint64> add(const JoinedRow &row);
    [[nodiscard]] Result<std::optional<JoinedRow>> find(qint64 id);
    /// In the order of joining.
    [[nodiscard]] Result<QList<JoinedRow>> list(const RoomId &room);
    /// Rooms in which something is joined.
    [[nodiscard]] Result<QSet<RoomId>> rooms();
    /// The ciphertexts that are needed.
    [[nodiscard]] Result<QSet<QString>> sealedNames();
    /// What somebody who looked at the file saw. Nothing where it is joined no longer.
    [[nodiscard]] Result<void> setSeen(qint64 id, const QString &mediaType, qint64 bytes, qint64 changedMs);
    /// PARVIS_FILE_NOT_JOINED where it is gone already: somebody else has sent it.
    [[nodiscard]] Result<void> remove(qint64 id);

private:
    Database &m_keys;
};

} // namespace parvis::store
