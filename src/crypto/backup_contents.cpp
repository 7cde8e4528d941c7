// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/backup_contents.h"

#include "base/json_reader.h"
#include "base/raw_object.h"
#include "crypto/backup_encryption.h"
#include "crypto/sizes_p.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype maxData = 2 * BackupSessionData::maxCiphertext;

QString idOf(QByteArrayView text)
{
    return text.isEmpty() || text.size() > maxIdLetters ? QString() : QString::fromUtf8(text);
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

/// The same of a text that stands by itself: what is wrong beside `session_data` does no harm.
QByteArray dataOf(const QByteArray &session)
{
    const auto members = RawObject::parse(session);
    QByteArray data = members ? members->raw(u"session_data"_s) : QByteArray();
    return data.startsWith('{') && data.size() <= maxData ? data : QByteArray();
}

/// Collects sessions; answers false once there are more than can be a person's.
class Found
{
public:
    [[nodiscard]] bool add(const RoomId &room, const SessionId &session, QByteArray data)
    {
        if (!room.isEmpty() && !session.isEmpty())
            m_sessions.append({room, session, std::move(data)});
        return !tooMany();
    }
    [[nodiscard]] bool tooMany() const { return m_sessions.size() > maxBackedUpSessions; }
    [[nodiscard]] Result<QList<BackedUpSession>> take()
    {
        if (tooMany())
            return fail(ErrorKind::TooLarge, u"PARVIS_BACKUP_TOO_LARGE"_s);
        return std::move(m_sessions);
    }

private:
    QList<BackedUpSession> m_sessions;
};

/// Slower, and each session for itself: the fast reader takes a text whole or not at all, and does not take
/// numbers that are too large for it, which are JSON all the same.
Result<QList<BackedUpSession>> readOneByOne(QByteArrayView json)
{
    const auto root = RawObject::parse(json);
    if (!root)
        return tl::unexpected(root.error());
    Found found;
    const RawObject rooms = root->object(u"rooms"_s);
    const QStringList roomIds = rooms.names();
    for (const QString &roomId : roomIds) {
        const RoomId id(idOf(roomId.toUtf8()));
        const RawObject sessions = rooms.object(roomId).object(u"sessions"_s);
        const QStringList sessionIds = sessions.names();
        for (const QString &sessionId : sessionIds) {
            if (!found.add(id, SessionId(idOf(sessionId.toUtf8())), dataOf(sessions.raw(sessionId))))
                return found.take();
        }
    }
    return found.take();
}

} // namespace

Result<QList<BackedUpSession>> readBackupContents(QByteArrayView json)
{
    const auto document = JsonDocument::parse(json, maxBackupBytes);
    if (!document && document.error().kind == ErrorKind::TooLarge)
        return fail(ErrorKind::TooLarge, u"PARVIS_BACKUP_TOO_LARGE"_s);
    if (!document)
        return readOneByOne(json);
    Found found;
    document->root()["rooms"].forEachMember([&](QByteArrayView roomId, JsonView room) {
        const RoomId id(idOf(roomId));
        room["sessions"].forEachMember([&](QByteArrayView sessionId, JsonView session) {
            return found.add(id, SessionId(idOf(sessionId)), dataOf(session));
        });
        return !found.tooMany();
    });
    return found.take();
}

Result<BackedUpSession> readBackedUpSession(QByteArrayView json, const RoomId &room, const SessionId &session)
{
    QByteArray data = json.size() <= 2 * maxData ? dataOf(json.toByteArray()) : QByteArray();
    if (data.isEmpty())
        return fail(ErrorKind::Crypto, u"PARVIS_BACKUP_DATA"_s, u"session_data"_s);
    return BackedUpSession{room, session, std::move(data)};
}

} // namespace parvis::crypto
