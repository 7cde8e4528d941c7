// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/file_sending.h"

#include "base/secret.h"
#include "engine/encrypted_copy.h"
#include "engine/pool_task.h"
#include "media/file_facts.h"
#include "send/compose.h"

#include <QBuffer>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace parvis {

/// What is to be sent: a file of the disk, or one of ours that is opened first.
struct FileSending::Order {
    Joined file;
    QString caption;
    SendAs as = SendAs::Guess;
    store::QueueStore::Along along = {};

    /// Encrypts it into @p to.
    [[nodiscard]] Result<Taken> take(qint64 limit, const QString &to,
                                     const crypto::FileProgress &progress) const;

private:
    [[nodiscard]] Result<void> asSeen() const;
};

/// A file that lies encrypted in the account's folder.
struct FileSending::Taken {
    FileFacts facts;
    QByteArray opens; ///< holds the key
    qint64 bytes = 0;
};

namespace {

tl::unexpected<Error> tooLarge(qint64 limit)
{
    return fail(ErrorKind::TooLarge, u"PARVIS_FILE_TOO_LARGE"_s, QString::number(limit));
}

Result<OutgoingFile> look(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return fail(ErrorKind::Usage, u"PARVIS_FILE_IS_FOLDER"_s);
    return factsOf(path).and_then([&](const FileFacts &facts) -> Result<OutgoingFile> {
        if (facts.bytes == 0)
            return fail(ErrorKind::Usage, u"PARVIS_FILE_EMPTY"_s);
        return OutgoingFile{.name = facts.name,
                            .mediaType = facts.mediaType,
                            .bytes = facts.bytes,
                            .changedMs = info.lastModified().toMSecsSinceEpoch()};
    });
}

} // namespace

Result<FileSending::Taken> FileSending::Order::take(qint64 limit, const QString &to,
                                                    const crypto::FileProgress &progress) const
{
    FileFacts facts;
    std::unique_ptr<QIODevice> clear = std::make_unique<QFile>(file.path);
    if (file.sealedPath.isEmpty()) {
        const auto found = factsOf(file.path);
        if (!found)
            return tl::unexpected(found.error());
        if (auto same = asSeen(); !same)
            return tl::unexpected(same.error());
        facts = *found;
    } else {
        auto bytes = clearBytes(file.sealedPath, file.opens);
        if (!bytes)
            return tl::unexpected(bytes.error());
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(*bytes);
        if (!buffer->open(QIODevice::ReadOnly))
            return fail(ErrorKind::Bug, u"PARVIS_FILE_UNREADABLE"_s, buffer->errorString());
        facts = factsOf(*buffer, file.name);
        buffer->close();
        clear = std::move(buffer);
    }
    if (limit > 0 && facts.bytes > limit)
        return tooLarge(limit);
    auto opens = encryptedCopy(*clear, to, progress);
    if (!opens)
        return tl::unexpected(opens.error());
    if (auto same = asSeen(); !same) {
        wipe(*opens);
        return tl::unexpected(same.error());
    }
    return Taken{.facts = facts, .opens = *std::move(opens), .bytes = QFileInfo(to).size()};
}

/// Asked before the copy is made and after it.
Result<void> FileSending::Order::asSeen() const
{
    const QFileInfo now(file.path);
    if (!file.sealedPath.isEmpty() || file.bytes < 0
        || (now.size() == file.bytes && now.lastModified().toMSecsSinceEpoch() == file.changedMs))
        return {};
    return fail(ErrorKind::Usage, u"PARVIS_FILE_CHANGED"_s);
}

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
    return begin({.file = {.room = room, .path = path}, .caption = caption, .as = as});
}

Task<TransactionId> FileSending::sendJoined(const Joined &file, const QString &caption,
                                            store::QueueStore::Along along)
{
    return begin({.file = file, .caption = caption, .along = std::move(along)});
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
    auto work = [stopped = m_stopped, order, to, limit] {
        return order.take(limit, to, [stopped](qint64, qint64) { return !*stopped; });
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
            return m_parts.queue.enqueue(order.file.room, u"m.room.message"_s, content,
                                         store::QueueFile{.name = name,
                                                          .bytes = taken.bytes,
                                                          .opens = taken.opens,
                                                          .mediaType = taken.facts.mediaType},
                                         order.along);
        });
}

} // namespace parvis
