// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/media_port.h"
#include "engine/file_sending.h"
#include "store/keys/joined_files.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>

namespace parvis {

/// What is joined to what is being written, kept over a restart: the place of a file, or the ciphertext of a
/// picture under a key of its own. It goes from here in the transaction that puts it into the queue, and the
/// words that go with it go from the draft. Core thread; the pool does what takes long.
class JoinedFiles : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        Database &keys;
        FileSending &sending;
        QThreadPool &pool;
        QString folder; ///< of the ciphertexts; made where it is missing
    };

    /// What no row names goes from the folder: once, at the start.
    explicit JoinedFiles(Parts parts);

    /// See MediaPort for all of these.
    [[nodiscard]] Result<qint64> join(const RoomId &room, const QString &path);
    [[nodiscard]] Task<qint64> joinBytes(const RoomId &room, const QString &name, const QByteArray &bytes);
    [[nodiscard]] Result<QList<JoinedFile>> list(const RoomId &room);
    [[nodiscard]] Task<OutgoingFile> inspect(qint64 id);
    [[nodiscard]] Task<TransactionId> send(qint64 id, const QString &caption);
    [[nodiscard]] Result<void> takeAway(qint64 id);

    /// Where something is joined.
    [[nodiscard]] const QSet<RoomId> &rooms() const { return m_rooms; }

Q_SIGNALS:
    /// It may be in rooms() now, or no longer.
    void changed(const parvis::RoomId &room);

private:
    [[nodiscard]] Result<store::JoinedRow> need(qint64 id);
    [[nodiscard]] Result<OutgoingFile> seen(const store::JoinedRow &row, const OutgoingFile &now);
    [[nodiscard]] QString pathOf(const QString &sealed) const;
    void clean();
    void removeSealed(const QString &sealed) const;
    void tell(const RoomId &room);

    Parts m_parts;
    store::JoinedFileStore m_rows;
    QSet<RoomId> m_rooms;
};

} // namespace parvis
