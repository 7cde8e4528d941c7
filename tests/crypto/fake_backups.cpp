// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fake_backups.h"

namespace parvis::crypto {

QString FakeBackups::current() const
{
    return versions.empty() ? QString() : QString::number(versions.rbegin()->first);
}

QString FakeBackups::create(const QByteArray &body)
{
    versions[++created].info = QJsonDocument::fromJson(body).object();
    return QString::number(created);
}

Result<QByteArray> FakeBackups::version() const
{
    if (versions.empty())
        return fail(ErrorKind::NotFound, QStringLiteral("M_NOT_FOUND"));
    const auto &[number, backup] = *versions.rbegin();
    QJsonObject answer = backup.info;
    answer[QLatin1String("version")] = QString::number(number);
    answer[QLatin1String("count")] = int(backup.sessions.size());
    answer[QLatin1String("etag")] = QString::number(backup.sessions.size());
    return text(answer);
}

Result<QByteArray> FakeBackups::upload(const BackupUpload &request)
{
    ++uploads;
    if (versions.empty())
        return fail(ErrorKind::NotFound, QStringLiteral("M_NOT_FOUND"));
    if (request.version != current())
        return fail(ErrorKind::Forbidden, QStringLiteral("M_WRONG_ROOM_KEYS_VERSION"));
    auto &sessions = versions.rbegin()->second.sessions;
    const QJsonObject rooms = QJsonDocument::fromJson(request.body)[QLatin1String("rooms")].toObject();
    for (auto room = rooms.begin(); room != rooms.end(); ++room) {
        const QJsonObject entries = room.value()[QLatin1String("sessions")].toObject();
        for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
            QJsonObject &kept = sessions[{room.key(), entry.key()}];
            const auto index = [](const QJsonObject &one) {
                return one[QLatin1String("first_message_index")].toInt();
            };
            if (kept.isEmpty() || index(entry.value().toObject()) < index(kept))
                kept = entry.value().toObject();
        }
    }
    return text(
        {{QLatin1String("count"), int(sessions.size())}, {QLatin1String("etag"), QString::number(uploads)}});
}

Result<QByteArray> FakeBackups::download(const BackupDownload &request)
{
    ++downloads;
    const auto backup = versions.find(request.version.toInt());
    if (backup == versions.end())
        return fail(ErrorKind::NotFound, QStringLiteral("M_NOT_FOUND"));
    const auto session = backup->second.sessions.find({request.room.toString(), request.session.toString()});
    if (session == backup->second.sessions.end())
        return fail(ErrorKind::NotFound, QStringLiteral("M_NOT_FOUND"));
    return text(session->second);
}

QByteArray FakeBackups::all() const
{
    QJsonObject rooms;
    for (const auto &[key, session] : versions.rbegin()->second.sessions) {
        QJsonObject room = rooms[key.first].toObject();
        QJsonObject sessions = room[QLatin1String("sessions")].toObject();
        sessions[key.second] = session;
        room[QLatin1String("sessions")] = sessions;
        rooms[key.first] = room;
    }
    return text({{QLatin1String("rooms"), rooms}});
}

std::optional<QByteArray> FakeBackups::data(const QString &type) const
{
    const auto found = accountData.find(type);
    return found == accountData.end() ? std::nullopt : std::optional(found->second);
}

QByteArray FakeBackups::text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace parvis::crypto
