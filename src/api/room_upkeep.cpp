// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/room_upkeep.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

HttpRequest onPerson(const RoomId &room, const QString &action, const UserId &user, const QString &reason)
{
    QJsonObject body{{u"user_id"_s, user.toString()}};
    if (!reason.isEmpty())
        body.insert(u"reason"_s, reason);
    return postTo(v3({u"rooms"_s, room.toString(), action}), compact(body));
}

QByteArray tagPath(const UserId &user, const RoomId &room, const QString &tag)
{
    return v3({u"user"_s, user.toString(), u"rooms"_s, room.toString(), u"tags"_s, tag});
}

} // namespace

HttpRequest BanUser::build() const
{
    return onPerson(roomId, u"ban"_s, userId, reason);
}

Result<void> BanUser::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

HttpRequest UnbanUser::build() const
{
    return onPerson(roomId, u"unban"_s, userId, reason);
}

Result<void> UnbanUser::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

HttpRequest KnockRoom::build() const
{
    // Both names: servers before 1.12 know the second alone.
    QList<std::pair<const char *, QString>> servers;
    for (const QString &server : via)
        servers += {"via", server};
    for (const QString &server : via)
        servers += {"server_name", server};
    return postTo(v3({u"knock"_s, roomIdOrAlias}) + query(servers), reasonBody(reason));
}

Result<RoomId> KnockRoom::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const RoomId id(fields.text("room_id"_L1));
        return fields.result(id);
    });
}

HttpRequest SetTag::build() const
{
    return putTo(tagPath(userId, roomId, tag), "{}");
}

Result<void> SetTag::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

HttpRequest RemoveTag::build() const
{
    HttpRequest request = getFrom(tagPath(userId, roomId, tag));
    request.verb = HttpVerb::Delete;
    return request;
}

Result<void> RemoveTag::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

} // namespace parvis::api
