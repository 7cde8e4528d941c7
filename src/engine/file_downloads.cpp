// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/file_downloads.h"

#include "base/log.h"
#include "engine/checked_file.h"
#include "engine/pool_task.h"
#include "store/private_file.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryFile>

#include <atomic>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype mostKnown = 10'000;

} // namespace

/// One file on its way.
struct FileDownloads::Job {
    RoomId room;
    EventId event;
    AttachmentSource source;
    std::shared_ptr<QTemporaryFile> file = {};
    CancelSource network = {};
    std::shared_ptr<std::atomic<bool>> stopped = std::make_shared<std::atomic<bool>>(false);

    [[nodiscard]] FileTransfer transfer() const
    {
        return {.room = room,
                .txn = {},
                .event = event,
                .done = 0,
                .total = std::max<qint64>(source.declaredBytes, 0)};
    }
    [[nodiscard]] crypto::FileProgress goOn() const
    {
        return [stopped = stopped](qint64, qint64) { return !*stopped; };
    }
    void stop()
    {
        *stopped = true;
        network.cancel();
    }
};

FileDownloads::FileDownloads(Parts parts) : m_parts(std::move(parts)) {}

FileDownloads::~FileDownloads()
{
    stop();
}

void FileDownloads::clean() const
{
    QDir folder(m_parts.folder);
    const QStringList names = folder.entryList(QDir::Files | QDir::Hidden | QDir::System);
    for (const QString &name : names) {
        if (const auto removed = removePrivateFile(folder.filePath(name)); !removed)
            qCWarning(log::media) << "a leftover of a download stays:" << removed.error().code;
    }
}

Result<FileDownloads::JobPtr> FileDownloads::begin(const RoomId &room, const EventId &event)
{
    auto source = attachmentSource(m_parts.cache, room, event);
    if (!source)
        return tl::unexpected(source.error());
    if (const auto made = makePrivateFolder(m_parts.folder); !made)
        return tl::unexpected(made.error());
    auto job = std::make_shared<Job>(Job{.room = room, .event = event, .source = *std::move(source)});
    // Where the system can, it never has a name; where it cannot, clean() knows the folder.
    job->file = std::make_shared<QTemporaryFile>(m_parts.folder + u"/XXXXXX"_s);
    if (!job->file->open())
        return fail(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s, job->file->errorString());
    m_jobs.remove_if([](const auto &old) { return old.expired(); });
    m_jobs.push_back(job);
    return job;
}

Task<void> FileDownloads::fetch(const JobPtr &job, qint64 maxBytes)
{
    m_parts.transfers.show(job->transfer());
    auto progress = [this, transfer = job->transfer()](qint64 done, qint64 total) {
        FileTransfer now = transfer;
        now.done = done;
        now.total = total;
        m_parts.transfers.show(now);
    };
    return m_parts.server.download(job->source.where, job->file, maxBytes, std::move(progress),
                                   job->network.token());
}

void FileDownloads::end(const JobPtr &job, const std::optional<Error> &error)
{
    m_parts.transfers.end(job->transfer());
    if (error && (error->kind == ErrorKind::Cancelled || error->kind == ErrorKind::Storage))
        return; // says nothing of the file
    if (m_known.size() >= mostKnown)
        m_known.clear();
    const bool gone = error && error->code == "PARVIS_MEDIA_GONE"_L1;
    m_known.insert({job->room, job->event},
                   !error     ? MediaState::Clean
                       : gone ? MediaState::Gone
                              : MediaState::Error);
}

Task<SavedFile> FileDownloads::save(const RoomId &room, const EventId &event, const QString &to, bool replace)
{
    const auto begun = begin(room, event);
    if (!begun)
        return Task<SavedFile>::ready(tl::unexpected(begun.error()));
    const JobPtr &job = *begun;
    const QString path = QFileInfo(to).isDir() ? QDir(to).filePath(job->source.name) : to;
    // Before anything is fetched; once more when it is written.
    if (!replace && QFileInfo::exists(path))
        return Task<SavedFile>::ready(fail(ErrorKind::Usage, u"PARVIS_FILE_EXISTS"_s));
    Promise<SavedFile> promise;
    auto task = promise.task();
    fetch(job, job->source.maxBytes())
        .andThen(this,
                 [this, job, path, replace] {
                     return runOnPool(m_parts.pool, [job, path, replace] {
                         return saveChecked(*job->file, job->source, path, replace, job->goOn());
                     });
                 })
        .then(this, [this, job, promise = std::move(promise)](Result<SavedFile> saved) mutable {
            end(job, saved ? std::nullopt : std::optional(saved.error()));
            promise.resolve(std::move(saved));
        });
    return task;
}

Task<QByteArray> FileDownloads::picture(const RoomId &room, const EventId &event)
{
    const auto begun = begin(room, event);
    if (!begun)
        return Task<QByteArray>::ready(tl::unexpected(begun.error()));
    const JobPtr &job = *begun;
    Promise<QByteArray> promise;
    auto task = promise.task();
    fetch(job, std::min(job->source.maxBytes(), MediaPort::maxPictureBytes))
        .andThen(this,
                 [this, job] {
                     return runOnPool(m_parts.pool, [job]() -> Result<QByteArray> {
                         QBuffer clear;
                         if (!clear.open(QIODevice::WriteOnly))
                             return crypto::fileUnreadable(clear);
                         return writeChecked(*job->file, job->source, clear, job->goOn()).map([&] {
                             return clear.data();
                         });
                     });
                 })
        .then(this, [this, job, promise = std::move(promise)](Result<QByteArray> bytes) mutable {
            end(job, bytes ? std::nullopt : std::optional(bytes.error()));
            promise.resolve(std::move(bytes));
        });
    return task;
}

Task<MediaState> FileDownloads::state(const RoomId &room, const EventId &event)
{
    if (m_known.value({room, event}, MediaState::Error) == MediaState::Clean)
        return Task<MediaState>::ready(MediaState::Clean);
    const auto begun = begin(room, event);
    if (!begun && begun.error().kind == ErrorKind::Crypto)
        return Task<MediaState>::ready(MediaState::Error);
    if (!begun)
        return Task<MediaState>::ready(tl::unexpected(begun.error()));
    const JobPtr &job = *begun;
    Promise<MediaState> promise;
    auto task = promise.task();
    fetch(job, job->source.maxBytes())
        .andThen(this,
                 [this, job] {
                     return runOnPool(m_parts.pool,
                                      [job] { return check(*job->file, job->source, job->goOn()); });
                 })
        .then(this, [this, job, promise = std::move(promise)](const Result<void> &checked) mutable {
            end(job, checked ? std::nullopt : std::optional(checked.error()));
            const bool gone = !checked && checked.error().code == "PARVIS_MEDIA_GONE"_L1;
            promise.resolve(checked ? MediaState::Clean : gone ? MediaState::Gone : MediaState::Error);
        });
    return task;
}

void FileDownloads::cancel(const RoomId &room, const EventId &event)
{
    const auto jobs = m_jobs;
    for (const auto &weak : jobs) {
        const auto job = weak.lock();
        if (job && job->room == room && job->event == event)
            job->stop();
    }
}

void FileDownloads::stop()
{
    const auto jobs = m_jobs;
    for (const auto &weak : jobs) {
        if (const auto job = weak.lock())
            job->stop();
    }
}

} // namespace parvis
