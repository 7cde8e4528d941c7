// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/joined_files.h"

#include "store/database.h"

using namespace Qt::StringLiterals;

namespace parvis::store {

namespace {

constexpr auto selectJoined =
    "SELECT id, room_id, path, name, media_type, bytes, changed_ms, sealed, opens FROM joined_file ";

JoinedRow readJoined(const Statement &row)
{
    return {.id = row.get<qint64>(0),
            .room = row.get<RoomId>(1),
            .path = row.get<QString>(2),
            .name = row.get<QString>(3),
            .mediaType = row.get<QString>(4),
            .bytes = row.get<qint64>(5),
            .changedMs = row.get<qint64>(6),
            .sealed = row.get<QString>(7),
            .opens = row.get<QByteArray>(8)};
}

template <typename T>
Result<QSet<T>> all(Database &keys, const QByteArray &sql)
{
    return keys.all(sql, [](const Statement &row) { return row.get<T>(0); }).map([](const QList<T> &list) {
        return QSet<T>(list.cbegin(), list.cend());
    });
}

} // namespace

Result<qint64> JoinedFileStore::add(const JoinedRow &row)
{
    const auto id = m_keys.one(
        "INSERT INTO joined_file (room_id, path, name, media_type, bytes, changed_ms,"
        " sealed, opens) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        [](const Statement &found) { return found.get<qint64>(0); }, row.room, row.path, row.name,
        row.mediaType, row.bytes, row.changedMs, row.sealed, row.opens);
    if (!id)
        return tl::unexpected(id.error());
    return id->value();
}

Result<std::optional<JoinedRow>> JoinedFileStore::find(qint64 id)
{
    return m_keys.one(QByteArray(selectJoined) + "WHERE id = ?", readJoined, id);
}

Result<QList<JoinedRow>> JoinedFileStore::list(const RoomId &room)
{
    return m_keys.all(QByteArray(selectJoined) + "WHERE room_id = ? ORDER BY id", readJoined, room);
}

Result<QSet<RoomId>> JoinedFileStore::rooms()
{
    return all<RoomId>(m_keys, "SELECT DISTINCT room_id FROM joined_file");
}

Result<QSet<QString>> JoinedFileStore::sealedNames()
{
    return all<QString>(m_keys, "SELECT sealed FROM joined_file WHERE sealed <> ''");
}

Result<void> JoinedFileStore::setSeen(qint64 id, const QString &mediaType, qint64 bytes, qint64 changedMs)
{
    return m_keys.run("UPDATE joined_file SET media_type = ?, bytes = ?, changed_ms = ? WHERE id = ?",
                      mediaType, bytes, changedMs, id);
}

Result<void> JoinedFileStore::remove(qint64 id)
{
    auto done = m_keys.run("DELETE FROM joined_file WHERE id = ?", id);
    if (done && m_keys.changes() == 0)
        return fail(ErrorKind::NotFound, u"PARVIS_FILE_NOT_JOINED"_s);
    return done;
}

} // namespace parvis::store
