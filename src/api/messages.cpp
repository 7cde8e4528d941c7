// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/messages.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

constexpr qint64 maxContextBytes = qint64(32) << 20;   // a hundred events, and the state of a large room
constexpr qint64 maxMessagesBytes = qint64(128) << 20; // 1000 events of 64 KiB, and their state

QByteArray inRoom(const RoomId &room)
{
    return "/_matrix/client/v1/rooms/" + encoded(room.toString());
}

} // namespace

HttpRequest Messages::build() const
{
    const QByteArray items = query({{"dir", direction == Direction::Back ? u"b"_s : u"f"_s},
                                    {"from", from},
                                    {"to", to},
                                    {"limit", QString::number(limit)},
                                    {"filter", QString::fromUtf8(filter)}});
    HttpRequest request = getFrom(v3({u"rooms"_s, roomId.toString(), u"messages"_s}) + items);
    request.maxReplyBytes = maxMessagesBytes;
    return request;
}

Result<QByteArray> Messages::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest EventContext::build() const
{
    const QByteArray items =
        query({{"limit", QString::number(limit)}, {"filter", QString::fromUtf8(filter)}});
    HttpRequest request =
        getFrom(v3({u"rooms"_s, roomId.toString(), u"context"_s, eventId.toString()}) + items);
    request.maxReplyBytes = maxContextBytes;
    return request;
}

Result<QByteArray> EventContext::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest Relations::build() const
{
    HttpRequest request =
        getFrom(inRoom(roomId) + "/relations/" + encoded(eventId.toString()) + '/' + encoded(relType)
                + query({{"dir", u"b"_s}, {"from", from}, {"limit", QString::number(limit)}}));
    request.maxReplyBytes = maxMessagesBytes;
    return request;
}

Result<QByteArray> Relations::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest Threads::build() const
{
    HttpRequest request = getFrom(inRoom(roomId) + "/threads"
                                  + query({{"include", u"all"_s}, {"limit", QString::number(limit)}}));
    request.maxReplyBytes = maxMessagesBytes;
    return request;
}

Result<QByteArray> Threads::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest TimestampToEvent::build() const
{
    const bool forward = direction == Messages::Direction::Forward;
    return getFrom(inRoom(roomId) + "/timestamp_to_event"
                   + query({{"ts", QString::number(ts)}, {"dir", forward ? u"f"_s : u"b"_s}}));
}

Result<EventId> TimestampToEvent::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const EventId id(fields.text("event_id"_L1));
        return fields.result(id);
    });
}

HttpRequest GetEvent::build() const
{
    return getFrom(v3({u"rooms"_s, roomId.toString(), u"event"_s, eventId.toString()}));
}

Result<QByteArray> GetEvent::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

} // namespace parvis::api
