// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/file_sending.h"

#include "base/secret.h"
#include "crypto/attachment_encryption.h"
#include "engine/pool_task.h"
#include "media/file_facts.h"
#include "send/compose.h"
#include "store/private_file.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace parvis {

/// What is to be sent: a file of the disk, or, where @p path is empty, bytes under a name.
struct FileSending::Order {
    RoomId room;
    QString path = {};
    QString name = {};
    QByteArray bytes = {};
    QString caption;
    SendAs as = SendAs::Guess;

    [[nodiscard]] Result<FileFacts> facts() const
    {
        if (!path.isEmpty())
            return factsOf(path);
        QBuffer buffer;
        buffer.setData(bytes);
        if (!buffer.open(QIODevice::ReadOnly))
            return fail(ErrorKind::Bug, u"PARVIS_FILE_UNREADABLE"_s, buffer.errorString());
        return factsOf(buffer, name);
    }
    /// Not open yet.
    [[nodiscard]] std::unique_ptr<QIODevice> clear() const
    {
        if (!path.isEmpty())
            return std::make_unique<QFile>(path);
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(bytes);
        return buffer;
    }
};

/// A file that lies encrypted in the account's folder.
struct FileSending::Taken {
    FileFacts facts;
    QByteArray opens; ///< holds the key
    qint64 bytes = 0;
};

namespace {

Error written(const QFile &file, const Error &error)
{
    if (error.code == "PARVIS_FILE_NOT_WRITTEN"_L1 && file.error() == QFileDevice::ResourceError)
        return {ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, error.detail, 0};
    return error;
}

/// On the disk when this answers.
Result<QByteArray> encrypt(QIODevice &clear, const QString &to, const crypto::FileProgress &progress)
{
    if (!clear.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, clear.errorString());
    if (auto made = makePrivateFolder(QFileInfo(to).path()).and_then([&] { return createPrivateFile(to); });
        !made)
        return tl::unexpected(made.error());
    QFile ciphertext(to);
    if (!ciphertext.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return fail(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s, ciphertext.errorString());
    const auto file = crypto::encryptAttachment(clear, ciphertext, progress);
    if (!file)
        return tl::unexpected(written(ciphertext, file.error()));
    if (::fsync(ciphertext.handle()) != 0)
        return fail(ErrorKind::Storage, u"PARVIS_FILE_NOT_WRITTEN"_s, u"fsync"_s);
    return file->toJson();
}

tl::unexpected<Error> tooLarge(qint64 limit)
{
    return fail(ErrorKind::TooLarge, u"PARVIS_FILE_TOO_LARGE"_s, QString::number(limit));
}

Result<OutgoingFile> look(const QString &path)
{
    if (QFileInfo(path).isDir())
        return fail(ErrorKind::Usage, u"PARVIS_FILE_IS_FOLDER"_s);
    return factsOf(path).and_then([](const FileFacts &facts) -> Result<OutgoingFile> {
        if (facts.bytes == 0)
            return fail(ErrorKind::Usage, u"PARVIS_FILE_EMPTY"_s);
        return OutgoingFile{.name = facts.name, .mediaType = facts.mediaType, .bytes = facts.bytes};
    });
}

} // namespace

FileSending::FileSending(Parts parts) : m_parts(parts), m_stopped(std::make_shared<std::atomic<bool>>(false))
{
}

FileSending::~FileSending()
{
    stop();
}

Task<TransactionId> FileSending::send(const RoomId &room, const QString &path, const QString &caption,
                                      SendAs as)
{
    return begin({.room = room, .path = path, .caption = caption, .as = as});
}

Task<TransactionId> FileSending::sendBytes(const RoomId &room, const QString &name, const QByteArray &bytes,
                                           const QString &caption)
{
    return begin({.room = room, .name = name, .bytes = bytes, .caption = caption});
}

Task<OutgoingFile> FileSending::inspect(const QString &path)
{
    return runOnPool(m_parts.pool, [path] { return look(path); })
        .andThen(this, [this](const OutgoingFile &file) {
            return m_parts.server.uploadLimit().andThen(this, [file](qint64 limit) -> Result<OutgoingFile> {
                if (limit > 0 && file.bytes > limit)
                    return tooLarge(limit);
                return file;
            });
        });
}

Task<TransactionId> FileSending::begin(const Order &order)
{
    return m_parts.server.uploadLimit().andThen(this,
                                                [this, order](qint64 limit) { return take(order, limit); });
}

Task<TransactionId> FileSending::take(const Order &order, qint64 limit)
{
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString to = m_parts.uploads.reserve(name);
    auto work = [stopped = m_stopped, order, to, limit]() -> Result<Taken> {
        const auto facts = order.facts();
        if (!facts)
            return tl::unexpected(facts.error());
        if (limit > 0 && facts->bytes > limit)
            return tooLarge(limit);
        const auto clear = order.clear();
        auto opens = encrypt(*clear, to, [stopped](qint64, qint64) { return !*stopped; });
        if (!opens)
            return tl::unexpected(opens.error());
        return Taken{.facts = *facts, .opens = *std::move(opens), .bytes = QFileInfo(to).size()};
    };
    Promise<TransactionId> promise;
    auto task = promise.task();
    runOnPool(m_parts.pool, std::move(work))
        .then(this, [this, order, name, promise = std::move(promise)](Result<Taken> taken) mutable {
            auto queued =
                taken ? enqueue(order, name, *taken) : Result<TransactionId>(tl::unexpected(taken.error()));
            if (taken)
                wipe(taken->opens);
            m_parts.uploads.release(name); // which removes what no row has taken
            promise.resolve(std::move(queued));
        });
    return task;
}

Result<TransactionId> FileSending::enqueue(const Order &order, const QString &name, const Taken &taken)
{
    return composeFile({.name = taken.facts.name,
                        .mediaType = taken.facts.mediaType,
                        .bytes = taken.bytes,
                        .width = taken.facts.size.width(),
                        .height = taken.facts.size.height(),
                        .caption = order.caption,
                        .asFile = order.as == SendAs::File})
        .and_then([&](const QByteArray &content) {
            return m_parts.queue.enqueue(order.room, u"m.room.message"_s, content,
                                         store::QueueFile{.name = name,
                                                          .bytes = taken.bytes,
                                                          .opens = taken.opens,
                                                          .mediaType = taken.facts.mediaType});
        });
}

} // namespace parvis
