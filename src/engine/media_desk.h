// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/file_downloads.h"
#include "engine/file_sending.h"
#include "engine/file_uploads.h"
#include "engine/joined_files.h"
#include "engine/media_server.h"
#include "engine/transfers.h"
#include "store/keys/queue_files.h"

#include <QThreadPool>

#include <memory>
#include <optional>

namespace parvis {

/// Everything that an account does with files, wired. Core thread.
class MediaDesk
{
public:
    struct Parts {
        ApiClient &api;
        Database &keys;
        const Cache &cache;
        QThreadPool &pool;
        QString folder; ///< the account's own, for what is on its way
    };

    explicit MediaDesk(const Parts &parts);

    /// Once, when the queue is loaded: leftovers of an earlier run go.
    void follow(SendQueue &queue);
    /// What takes long ends soon.
    void stop();

    [[nodiscard]] MediaServer &server() { return m_server; }
    [[nodiscard]] FileUploads &uploads() { return m_uploads; }
    /// After follow().
    [[nodiscard]] FileSending &sending() { return *m_sending; }
    /// After follow().
    [[nodiscard]] JoinedFiles &joined() { return *m_joined; }
    [[nodiscard]] FileDownloads &downloads() { return m_downloads; }
    [[nodiscard]] ObservableValue<QList<FileTransfer>> &transfers() { return m_transfers.all(); }

private:
    Database &m_keys;
    QThreadPool &m_pool;
    QString m_folder;
    store::QueueFileStore m_files;
    Transfers m_transfers;
    MediaServer m_server;
    FileUploads m_uploads;
    FileDownloads m_downloads;
    std::optional<FileSending> m_sending;
    std::optional<JoinedFiles> m_joined;
};

} // namespace parvis
