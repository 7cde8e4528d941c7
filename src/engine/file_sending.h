// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/media_port.h"
#include "engine/file_uploads.h"
#include "store/keys/queue_store.h"

#include <QThreadPool>

#include <atomic>
#include <memory>

namespace parvis {

/// Takes a file of the person's into the queue: copies it, encrypted under a key of its own, into the
/// account's folder, so that it may change or go afterwards and nothing of it lies there in clear; then makes
/// the row. Core thread; the pool does what takes long.
class FileSending : public QObject
{
public:
    struct Parts {
        MediaServer &server;
        FileUploads &uploads;
        SendQueue &queue;
        QThreadPool &pool;
    };

    explicit FileSending(Parts parts);
    ~FileSending() override;

    /// See MediaPort::sendFile().
    [[nodiscard]] Task<TransactionId> send(const RoomId &room, const QString &path, const QString &caption,
                                           SendAs as);
    /// What is joined already: a file of the person's, or a picture that lies encrypted in the account's
    /// folder, small enough for the memory.
    struct Joined {
        RoomId room;
        QString path = {};
        QString name = {};       ///< of a picture: cleaned
        QString sealedPath = {}; ///< of a picture; empty: a file
        QByteArray opens = {};   ///< what opens it
        qint64 bytes = -1;       ///< of a file, as the person saw it; -1: nobody has looked
        qint64 changedMs = 0;
    };
    /// As send(); what @p along writes is on the disk with the row, or nothing is. PARVIS_FILE_CHANGED: it is
    /// not what the person saw any more.
    [[nodiscard]] Task<TransactionId> sendJoined(const Joined &file, const QString &caption,
                                                 store::QueueStore::Along along);
    /// See MediaPort::inspect().
    [[nodiscard]] Task<OutgoingFile> inspect(const QString &path);
    /// What runs on the pool ends, and answers PARVIS_CANCELLED.
    void stop() { *m_stopped = true; }

private:
    struct Order;
    struct Taken;

    [[nodiscard]] Task<TransactionId> begin(const Order &order);
    [[nodiscard]] Task<TransactionId> take(const Order &order, qint64 limit);
    [[nodiscard]] Result<TransactionId> enqueue(const Order &order, const QString &name, const Taken &taken);

    Parts m_parts;
    std::shared_ptr<std::atomic<bool>> m_stopped;
};

} // namespace parvis
