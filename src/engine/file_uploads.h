// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/media_server.h"
#include "engine/transfers.h"
#include "send/send_queue.h"
#include "store/keys/queue_files.h"

#include <QHash>
#include <QSet>

#include <map>
#include <memory>

namespace parvis {

/// The step between a row of the send queue that has a file and its event: the file goes to the server first,
/// as it lies there where the room is encrypted, in clear where it is not. Its address is on the disk before
/// the event is made, so a restart goes on from there. What lies in the folder and belongs to no row goes.
/// Core thread.
class FileUploads : public QObject
{
public:
    /// @p folder: of the ciphertexts; made where it is missing.
    FileUploads(MediaServer &server, store::QueueFileStore &files, Transfers &transfers, QString folder);
    ~FileUploads() override;

    /// Removes what no row names, and begins to follow the rows. Once, after the queue was loaded.
    void follow(SendQueue &queue);

    /// The content of the row's event, its file uploaded. PARVIS_OUTGOING_FILE_GONE, PARVIS_FILE_TOO_LARGE
    /// and what the server says; PARVIS_CANCELLED once the row is gone.
    [[nodiscard]] Task<QByteArray> complete(const store::QueueRow &row, bool encrypted);
    /// The same of a row whose file was uploaded before; without a file, the row's content.
    [[nodiscard]] Result<QByteArray> content(const store::QueueRow &row);
    /// False where the row waits for its file.
    [[nodiscard]] bool isUploaded(const store::QueueRow &row);

    /// The path of a file of this name, which is not there yet and stays until release().
    [[nodiscard]] QString reserve(const QString &name);
    void release(const QString &name);

private:
    [[nodiscard]] Task<QByteArray> upload(const store::QueueRow &row, const store::QueueFile &file,
                                          bool encrypted);
    [[nodiscard]] QString pathOf(const QString &name) const;
    void sweep();
    void remove(const QString &name) const;

    MediaServer &m_server;
    store::QueueFileStore &m_files;
    Transfers &m_transfers;
    QString m_folder;
    SendQueue *m_queue = nullptr;
    std::map<TransactionId, CancelSource> m_running;
    QHash<TransactionId, QString> m_present; ///< files that belong to a row
    QSet<QString> m_reserved;                ///< files that are being made
};

} // namespace parvis
