// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/media_port.h"
#include "engine/attachment_source.h"
#include "engine/media_server.h"
#include "engine/transfers.h"

#include <QHash>
#include <QThreadPool>

#include <list>
#include <memory>

namespace parvis {

/// Fetches the files of messages: first as they lie at the server into a file of ours that has no name, then
/// their hash is checked, then, and only then, they are decrypted to where they are wanted. Core thread; the
/// pool does what takes long; memory stays flat, but for pictures.
class FileDownloads : public QObject
{
public:
    struct Parts {
        const Cache &cache;
        MediaServer &server;
        Transfers &transfers;
        QThreadPool &pool;
        QString folder; ///< for what is on its way; made where it is missing
    };

    explicit FileDownloads(Parts parts);
    ~FileDownloads() override;

    /// Removes what a crash may have left.
    void clean() const;

    /// See MediaPort.
    [[nodiscard]] Task<SavedFile> save(const RoomId &room, const EventId &event, const QString &to,
                                       bool replace);
    [[nodiscard]] Task<QByteArray> picture(const RoomId &room, const EventId &event);
    [[nodiscard]] Task<MediaState> state(const RoomId &room, const EventId &event);
    void cancel(const RoomId &room, const EventId &event);
    /// All of them end, and answer PARVIS_CANCELLED.
    void stop();

private:
    struct Job;
    using JobPtr = std::shared_ptr<Job>;

    /// Into job->file.
    [[nodiscard]] Task<void> fetch(const JobPtr &job, qint64 maxBytes);
    [[nodiscard]] Result<JobPtr> begin(const RoomId &room, const EventId &event);
    void end(const JobPtr &job, const std::optional<Error> &error);

    Parts m_parts;
    std::list<std::weak_ptr<Job>> m_jobs;
    QHash<std::pair<RoomId, EventId>, MediaState> m_known; ///< what came of it in this run
};

} // namespace parvis
