// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/backup_contents.h"

#include "base/json_reader.h"
#include "crypto/backup_encryption.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype maxId = 255;
constexpr qsizetype maxData = 2 * BackupSessionData::maxCiphertext;

QString idOf(QByteArrayView text)
{
    return text.isEmpty() || text.size() > maxId ? QString() : QString::fromUtf8(text);
}

QByteArray dataOf(JsonView session)
{
    const JsonView data = session["session_data"];
    // Measured before it is written out anew: a string may be as long as the whole answer.
    if (!data.isObject() || data["ciphertext"].utf8().size() > maxData)
        return {};
    QByteArray json = data.toJson();
    return json.size() > maxData ? QByteArray() : json;
}

} // namespace

Result<QList<BackedUpSession>> readBackupContents(QByteArrayView json)
{
    const auto document = JsonDocument::parse(json, maxBackupBytes);
    if (!document && document.error().kind == ErrorKind::TooLarge)
        return fail(ErrorKind::TooLarge, u"PARVIS_BACKUP_TOO_LARGE"_s);
    if (!document)
        return tl::unexpected(document.error());
    QList<BackedUpSession> found;
    document->root()["rooms"].forEachMember([&](QByteArrayView roomId, JsonView room) {
        const RoomId id(idOf(roomId));
        room["sessions"].forEachMember([&](QByteArrayView sessionId, JsonView session) {
            const SessionId name(idOf(sessionId));
            QByteArray data = dataOf(session);
            if (!id.isEmpty() && !name.isEmpty() && !data.isEmpty())
                found.append({id, name, std::move(data)});
            return found.size() <= maxBackedUpSessions;
        });
        return found.size() <= maxBackedUpSessions;
    });
    if (found.size() > maxBackedUpSessions)
        return fail(ErrorKind::TooLarge, u"PARVIS_BACKUP_TOO_LARGE"_s);
    return found;
}

Result<BackedUpSession> readBackedUpSession(QByteArrayView json, const RoomId &room, const SessionId &session)
{
    const auto document = JsonDocument::parse(json, 2 * maxData);
    QByteArray data = document ? dataOf(document->root()) : QByteArray();
    if (data.isEmpty())
        return fail(ErrorKind::Crypto, u"PARVIS_BACKUP_DATA"_s, u"session_data"_s);
    return BackedUpSession{room, session, std::move(data)};
}

} // namespace parvis::crypto
