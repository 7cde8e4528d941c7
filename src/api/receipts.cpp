// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/receipts.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

QString word(SendReceipt::Type type)
{
    switch (type) {
    case SendReceipt::Type::Read:
        return u"m.read"_s;
    case SendReceipt::Type::ReadPrivate:
        return u"m.read.private"_s;
    case SendReceipt::Type::FullyRead:
        return u"m.fully_read"_s;
    }
    Q_UNREACHABLE();
    return {};
}

} // namespace

HttpRequest SendReceipt::build() const
{
    // The fully-read marker belongs to the room: a thread id there is an error.
    const bool threaded = !threadId.isEmpty() && type != Type::FullyRead;
    const QByteArray body = threaded ? compact({{u"thread_id"_s, threadId}}) : QByteArray("{}");
    HttpRequest request =
        postTo(v3({u"rooms"_s, roomId.toString(), u"receipt"_s, word(type), eventId.toString()}), body);
    request.idempotent = true;
    return request;
}

Result<void> SendReceipt::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

HttpRequest SendTyping::build() const
{
    QJsonObject body{{u"typing"_s, typing}};
    if (typing)
        body.insert(u"timeout"_s, timeoutMs);
    return putTo(v3({u"rooms"_s, roomId.toString(), u"typing"_s, userId.toString()}), compact(body));
}

Result<void> SendTyping::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

} // namespace parvis::api
