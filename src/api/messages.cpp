// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/messages.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

constexpr qint64 maxMessagesBytes = qint64(128) << 20; // 1000 events of 64 KiB, and their state

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

HttpRequest GetEvent::build() const
{
    return getFrom(v3({u"rooms"_s, roomId.toString(), u"event"_s, eventId.toString()}));
}

Result<QByteArray> GetEvent::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

} // namespace parvis::api
