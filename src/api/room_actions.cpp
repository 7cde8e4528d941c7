// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/room_actions.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

Result<RoomId> roomIdOf(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const RoomId id(fields.text("room_id"_L1));
        return fields.result(id);
    });
}

HttpRequest roomAction(const RoomId &room, const QString &action, QByteArray body)
{
    return postTo(v3({u"rooms"_s, room.toString(), action}), std::move(body));
}

QByteArray personBody(const UserId &user, const QString &reason)
{
    QJsonObject body{{u"user_id"_s, user.toString()}};
    if (!reason.isEmpty())
        body.insert(u"reason"_s, reason);
    return compact(body);
}

void insertText(QJsonObject &body, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        body.insert(key, text);
}

void insertObject(QJsonObject &body, QLatin1StringView key, const QJsonObject &object)
{
    if (!object.isEmpty())
        body.insert(key, object);
}

} // namespace

HttpRequest CreateRoom::build() const
{
    QJsonObject body{{u"visibility"_s, published ? u"public"_s : u"private"_s}, {u"is_direct"_s, direct}};
    insertText(body, "name"_L1, name);
    insertText(body, "topic"_L1, topic);
    insertText(body, "preset"_L1, preset);
    insertText(body, "room_alias_name"_L1, aliasLocalpart);
    insertObject(body, "creation_content"_L1, creationContent);
    insertObject(body, "power_level_content_override"_L1, powerLevels);
    QJsonArray people;
    for (const UserId &user : invite)
        people.append(user.toString());
    if (!people.isEmpty())
        body.insert(u"invite"_s, people);
    QJsonArray state;
    for (const QJsonObject &event : initialState)
        state.append(event);
    if (!state.isEmpty())
        body.insert(u"initial_state"_s, state);
    return postTo(v3({u"createRoom"_s}), compact(body));
}

Result<RoomId> CreateRoom::parse(const HttpReply &reply)
{
    return roomIdOf(reply);
}

HttpRequest JoinRoom::build() const
{
    // Both names: servers before 1.12 know the second alone.
    QList<std::pair<const char *, QString>> servers;
    for (const QString &server : via)
        servers += {"via", server};
    for (const QString &server : via)
        servers += {"server_name", server};
    HttpRequest request = postTo(v3({u"join"_s, roomIdOrAlias}) + query(servers), reasonBody(reason));
    // Joining a large room elsewhere takes its server minutes.
    request.timeoutMs = 3 * 60'000;
    return request;
}

Result<RoomId> JoinRoom::parse(const HttpReply &reply)
{
    return roomIdOf(reply);
}

HttpRequest LeaveRoom::build() const
{
    return roomAction(roomId, u"leave"_s, reasonBody(reason));
}

Result<void> LeaveRoom::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

HttpRequest ForgetRoom::build() const
{
    return roomAction(roomId, u"forget"_s, "{}");
}

Result<void> ForgetRoom::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

HttpRequest InviteUser::build() const
{
    return roomAction(roomId, u"invite"_s, personBody(userId, reason));
}

Result<void> InviteUser::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

HttpRequest KickUser::build() const
{
    return roomAction(roomId, u"kick"_s, personBody(userId, reason));
}

Result<void> KickUser::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

} // namespace parvis::api
