// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/send_event.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

Result<EventId> eventIdOf(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const EventId id(fields.text("event_id"_L1));
        return fields.result(id);
    });
}

} // namespace

HttpRequest SendEvent::build() const
{
    return putTo(v3({u"rooms"_s, roomId.toString(), u"send"_s, eventType, txnId.toString()}), content);
}

Result<EventId> SendEvent::parse(const HttpReply &reply)
{
    return eventIdOf(reply);
}

HttpRequest RedactEvent::build() const
{
    return putTo(v3({u"rooms"_s, roomId.toString(), u"redact"_s, eventId.toString(), txnId.toString()}),
                 reasonBody(reason));
}

Result<EventId> RedactEvent::parse(const HttpReply &reply)
{
    return eventIdOf(reply);
}

} // namespace parvis::api
