// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/file_uploads.h"

#include "base/log.h"
#include "crypto/attachment_reader.h"
#include "store/private_file.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

QByteArray withAddress(const QByteArray &content, const store::QueueFile &file)
{
    QJsonObject object = QJsonDocument::fromJson(content).object();
    if (file.urlEncrypted) {
        QJsonObject opens = QJsonDocument::fromJson(file.opens).object();
        opens.insert("url"_L1, file.url);
        object.insert("file"_L1, opens);
    } else {
        object.insert("url"_L1, file.url);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Error fileGone(const QString &why)
{
    return {ErrorKind::NotFound, u"PARVIS_OUTGOING_FILE_GONE"_s, why, 0};
}

/// The bytes that go out.
Result<std::shared_ptr<QIODevice>> opened(const QString &path, const store::QueueFile &file, bool encrypted)
{
    if (QFile(path).size() != file.bytes)
        return tl::unexpected(fileGone(u"another size"_s));
    if (encrypted) {
        auto ciphertext = std::make_shared<QFile>(path);
        if (!ciphertext->open(QIODevice::ReadOnly))
            return tl::unexpected(fileGone(ciphertext->errorString()));
        return std::shared_ptr<QIODevice>(std::move(ciphertext));
    }
    auto opens = crypto::EncryptedFile::parse(file.opens);
    if (!opens)
        return tl::unexpected(opens.error());
    auto clear = std::make_shared<crypto::AttachmentReader>(path, *std::move(opens));
    if (const auto started = clear->start(); !started)
        return tl::unexpected(fileGone(started.error().detail));
    return std::shared_ptr<QIODevice>(std::move(clear));
}

} // namespace

FileUploads::FileUploads(MediaServer &server, store::QueueFileStore &files, Transfers &transfers,
                         QString folder)
    : m_server(server), m_files(files), m_transfers(transfers), m_folder(std::move(folder))
{
}

FileUploads::~FileUploads()
{
    m_running.clear(); // what this stops tells us so
}

void FileUploads::follow(SendQueue &queue)
{
    m_queue = &queue;
    const auto files = m_files.all();
    if (!files) {
        qCWarning(log::media) << "the files of the queue cannot be read:" << files.error().code;
        return; // what is not known is not removed
    }
    QSet<QString> known;
    for (const store::QueueFile &file : *files) {
        m_present.insert(file.txnId, file.name);
        known.insert(file.name);
    }
    const QStringList names = QDir(m_folder).entryList(QDir::Files | QDir::Hidden | QDir::System);
    for (const QString &name : names) {
        if (!known.contains(name))
            remove(name);
    }
    connect(&queue, &SendQueue::changed, this, &FileUploads::sweep);
    sweep();
}

Task<QByteArray> FileUploads::complete(const store::QueueRow &row, bool encrypted)
{
    const auto file = m_files.find(row.txnId);
    if (!file)
        return Task<QByteArray>::ready(tl::unexpected(file.error()));
    if (!*file)
        return Task<QByteArray>::ready(row.content);
    if (!(*file)->url.isEmpty() && (*file)->urlEncrypted == encrypted)
        return Task<QByteArray>::ready(withAddress(row.content, **file));
    return upload(row, **file, encrypted);
}

Task<QByteArray> FileUploads::upload(const store::QueueRow &row, const store::QueueFile &file, bool encrypted)
{
    const qint64 limit = m_server.knownLimit();
    if (limit > 0 && file.bytes > limit)
        return Task<QByteArray>::ready(
            fail(ErrorKind::TooLarge, u"PARVIS_FILE_TOO_LARGE"_s, QString::number(limit)));
    const auto bytes = opened(pathOf(file.name), file, encrypted);
    if (!bytes)
        return Task<QByteArray>::ready(tl::unexpected(bytes.error()));

    const FileTransfer transfer{
        .room = row.roomId, .txn = row.txnId, .event = {}, .done = 0, .total = file.bytes};
    api::UploadMedia request{.file = *bytes, .progress = [this, transfer](qint64 done, qint64 total) {
                                 FileTransfer now = transfer;
                                 now.done = done;
                                 now.total = total;
                                 m_transfers.show(now);
                             }};
    if (!encrypted) {
        request.contentType = file.mediaType.toLatin1();
        request.fileName = QJsonDocument::fromJson(row.content)["filename"_L1].toString();
    }
    m_transfers.show(transfer);
    CancelSource &cancel = m_running[row.txnId];
    cancel = CancelSource(); // ends an earlier try
    qCInfo(log::media) << "row" << row.seq << "uploads its file";
    Promise<QByteArray> promise;
    auto task = promise.task();
    m_server.upload(request, cancel.token())
        .then(this,
              [this, row, transfer, encrypted,
               promise = std::move(promise)](const Result<MxcUri> &where) mutable {
                  m_transfers.end(transfer);
                  if (!where)
                      return promise.resolve(tl::unexpected(where.error()));
                  qCInfo(log::media) << "row" << row.seq << "has its file at the server";
                  const QString url = u"mxc://"_s + where->server + u'/' + where->mediaId;
                  promise.resolve(
                      m_files.setUrl(row.txnId, url, encrypted).and_then([&] { return content(row); }));
              });
    return task;
}

Result<QByteArray> FileUploads::content(const store::QueueRow &row)
{
    const auto file = m_files.find(row.txnId);
    if (!file)
        return tl::unexpected(file.error());
    return *file && !(*file)->url.isEmpty() ? withAddress(row.content, **file) : row.content;
}

bool FileUploads::isUploaded(const store::QueueRow &row)
{
    const auto file = m_files.find(row.txnId);
    return !file || !*file || !(*file)->url.isEmpty();
}

QString FileUploads::reserve(const QString &name)
{
    m_reserved.insert(name);
    return pathOf(name);
}

void FileUploads::release(const QString &name)
{
    m_reserved.remove(name);
    const auto files = m_files.all();
    if (!files)
        return;
    const auto it = std::find_if(files->cbegin(), files->cend(),
                                 [&](const store::QueueFile &file) { return file.name == name; });
    if (it == files->cend())
        remove(name);
    else
        m_present.insert(it->txnId, name);
    sweep();
}

QString FileUploads::pathOf(const QString &name) const
{
    return m_folder + u'/' + name;
}

void FileUploads::sweep()
{
    if (m_present.isEmpty() || !m_queue)
        return;
    QSet<TransactionId> rows;
    const auto all = m_queue->allRows();
    for (const store::QueueRow &row : all)
        rows.insert(row.txnId);
    for (auto it = m_present.begin(); it != m_present.end();) {
        if (rows.contains(it.key())) {
            ++it;
            continue;
        }
        remove(it.value());
        m_running.erase(it.key()); // which stops it
        it = m_present.erase(it);
    }
}

void FileUploads::remove(const QString &name) const
{
    if (const auto removed = removePrivateFile(pathOf(name)); !removed)
        qCWarning(log::media) << "a file that is no longer needed stays:" << removed.error().code;
}

} // namespace parvis
