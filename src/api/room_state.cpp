// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/room_state.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

QByteArray statePath(const RoomId &room, const QString &type, const QString &stateKey)
{
    // An empty key still has its slash: "/state/m.room.name/".
    return v3({u"rooms"_s, room.toString(), u"state"_s, type, stateKey});
}

} // namespace

HttpRequest GetMembers::build() const
{
    const QByteArray items =
        query({{"at", at}, {"membership", membership}, {"not_membership", notMembership}});
    HttpRequest request = getFrom(v3({u"rooms"_s, roomId.toString(), u"members"_s}) + items);
    request.maxReplyBytes = qint64(256) << 20; // a hundred thousand members
    request.timeoutMs = 2 * 60'000;
    return request;
}

Result<QByteArray> GetMembers::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest GetState::build() const
{
    return getFrom(statePath(roomId, eventType, stateKey));
}

Result<QJsonObject> GetState::parse(const HttpReply &reply)
{
    return objectOf(reply);
}

HttpRequest SetState::build() const
{
    return putTo(statePath(roomId, eventType, stateKey), compact(content));
}

Result<EventId> SetState::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const EventId id(fields.text("event_id"_L1));
        return fields.result(id);
    });
}

} // namespace parvis::api
