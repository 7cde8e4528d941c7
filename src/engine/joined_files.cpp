// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/joined_files.h"

#include "base/log.h"
#include "base/secret.h"
#include "engine/encrypted_copy.h"
#include "engine/pool_task.h"
#include "media/file_name.h"
#include "store/keys/draft_store.h"
#include "store/private_file.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

tl::unexpected<Error> notJoined()
{
    return fail(ErrorKind::NotFound, u"PARVIS_FILE_NOT_JOINED"_s);
}

OutgoingFile factsOf(const store::JoinedRow &row)
{
    return {.name = row.name, .mediaType = row.mediaType, .bytes = row.bytes, .changedMs = row.changedMs};
}

} // namespace

JoinedFiles::JoinedFiles(Parts parts) : m_parts(std::move(parts)), m_rows(m_parts.keys)
{
    clean();
}

void JoinedFiles::clean()
{
    m_rooms = m_rows.rooms().value_or(QSet<RoomId>());
    const auto needed = m_rows.sealedNames();
    if (!needed)
        return; // what is not known is not removed
    const QStringList names = QDir(m_parts.folder).entryList(QDir::Files | QDir::Hidden | QDir::System);
    for (const QString &name : names) {
        if (!needed->contains(name))
            removeSealed(name);
    }
}

Result<qint64> JoinedFiles::join(const RoomId &room, const QString &path)
{
    return m_rows.add({.room = room, .path = path, .name = cleanFileName(QFileInfo(path).fileName())})
        .map([&](qint64 id) {
            tell(room);
            return id;
        });
}

Task<qint64> JoinedFiles::joinBytes(const RoomId &room, const QString &name, const QByteArray &bytes)
{
    store::JoinedRow row{.room = room,
                         .name = cleanFileName(name),
                         .mediaType = QMimeDatabase().mimeTypeForFileNameAndData(name, bytes).name(),
                         .bytes = bytes.size(),
                         .sealed = QUuid::createUuid().toString(QUuid::WithoutBraces)};
    return runOnPool(m_parts.pool,
                     [bytes, to = pathOf(row.sealed)] {
                         QBuffer clear;
                         clear.setData(bytes);
                         return encryptedCopy(clear, to);
                     })
        .andThen(this, [this, row](QByteArray opens) mutable -> Result<qint64> {
            row.opens = std::move(opens);
            const auto id = m_rows.add(row);
            wipe(row.opens);
            if (id)
                tell(row.room);
            else
                removeSealed(row.sealed);
            return id;
        });
}

Result<QList<JoinedFile>> JoinedFiles::list(const RoomId &room)
{
    return m_rows.list(room).map([](const QList<store::JoinedRow> &rows) {
        QList<JoinedFile> files;
        for (const store::JoinedRow &row : rows)
            files.append({.id = row.id, .path = row.path, .facts = factsOf(row)});
        return files;
    });
}

Result<store::JoinedRow> JoinedFiles::need(qint64 id)
{
    const auto row = m_rows.find(id);
    if (!row)
        return tl::unexpected(row.error());
    return *row ? Result<store::JoinedRow>(**row) : notJoined();
}

Task<OutgoingFile> JoinedFiles::inspect(qint64 id)
{
    const auto row = need(id);
    if (!row)
        return Task<OutgoingFile>::ready(tl::unexpected(row.error()));
    if (!row->sealed.isEmpty()) {
        if (QFileInfo(pathOf(row->sealed)).size() != row->bytes)
            return Task<OutgoingFile>::ready(
                fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s, u"another size"_s));
        return Task<OutgoingFile>::ready(factsOf(*row));
    }
    return m_parts.sending.inspect(row->path).andThen(
        this, [this, joined = *row](const OutgoingFile &now) { return seen(joined, now); });
}

Result<OutgoingFile> JoinedFiles::seen(const store::JoinedRow &row, const OutgoingFile &now)
{
    if (row.bytes < 0)
        return m_rows.setSeen(row.id, now.mediaType, now.bytes, now.changedMs).map([&] { return now; });
    // The person chose another content than this.
    if (row.bytes != now.bytes || row.changedMs != now.changedMs)
        return fail(ErrorKind::Usage, u"PARVIS_FILE_CHANGED"_s);
    return now;
}

Task<TransactionId> JoinedFiles::send(qint64 id, const QString &caption)
{
    const auto row = need(id);
    if (!row)
        return Task<TransactionId>::ready(tl::unexpected(row.error()));
    FileSending::Joined joined{.room = row->room,
                               .path = row->path,
                               .name = row->name,
                               .bytes = row->bytes,
                               .changedMs = row->changedMs};
    if (!row->sealed.isEmpty()) {
        joined.sealedPath = pathOf(row->sealed);
        joined.opens = row->opens;
    }
    // One transaction with the row of the queue: a crash leaves all of it here, or all of it there.
    const auto along = [this, id, room = row->room, caption] {
        return m_rows.remove(id).and_then(
            [&] { return store::DraftStore(m_parts.keys).takeAway(room, caption); });
    };
    return m_parts.sending.sendJoined(joined, caption, along)
        .andThen(this, [this, room = row->room, sealed = row->sealed](const TransactionId &txn) {
            if (!sealed.isEmpty())
                removeSealed(sealed);
            tell(room);
            return Result<TransactionId>(txn);
        });
}

Result<void> JoinedFiles::takeAway(qint64 id)
{
    const auto row = need(id);
    if (!row)
        return tl::unexpected(row.error());
    return m_rows.remove(id).map([&] {
        if (!row->sealed.isEmpty())
            removeSealed(row->sealed);
        tell(row->room);
    });
}

QString JoinedFiles::pathOf(const QString &sealed) const
{
    return m_parts.folder + u'/' + sealed;
}

void JoinedFiles::removeSealed(const QString &sealed) const
{
    if (const auto removed = removePrivateFile(pathOf(sealed)); !removed)
        qCWarning(log::media) << "a picture that is no longer needed stays:" << removed.error().code;
}

void JoinedFiles::tell(const RoomId &room)
{
    if (auto rooms = m_rows.rooms())
        m_rooms = *std::move(rooms);
    Q_EMIT changed(room);
}

} // namespace parvis
