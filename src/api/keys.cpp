// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/keys.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

/// Of 250 users. What is larger is asked for in parts, down to one user: a thousand devices fit.
constexpr qint64 maxQueryBytes = qint64(32) << 20;
/// One key each for 250 devices are about 100 kB.
constexpr qint64 maxClaimBytes = qint64(4) << 20;

QList<UserId> users(const QJsonArray &array)
{
    QList<UserId> list;
    for (const auto &value : array) {
        if (value.isString())
            list += UserId(value.toString());
    }
    return list;
}

} // namespace

HttpRequest UploadKeys::build() const
{
    HttpRequest request = postTo(v3({u"keys"_s, u"upload"_s}), body);
    // The same key under the same id is accepted again; another one under it is refused.
    request.idempotent = true;
    return request;
}

Result<QByteArray> UploadKeys::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest QueryKeys::build() const
{
    HttpRequest request = postTo(v3({u"keys"_s, u"query"_s}), body);
    request.idempotent = true;
    request.maxReplyBytes = maxQueryBytes;
    return request;
}

Result<QByteArray> QueryKeys::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest UploadSignatures::build() const
{
    HttpRequest request = postTo(v3({u"keys"_s, u"signatures"_s, u"upload"_s}), body);
    request.idempotent = true;
    return request;
}

Result<QByteArray> UploadSignatures::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest UploadIdentity::build() const
{
    HttpRequest request = postTo(v3({u"keys"_s, u"device_signing"_s, u"upload"_s}), body);
    // The same keys once more are no reset.
    request.idempotent = true;
    return request;
}

Result<void> UploadIdentity::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

HttpRequest ClaimKeys::build() const
{
    HttpRequest request = postTo(v3({u"keys"_s, u"claim"_s}), body);
    request.maxReplyBytes = maxClaimBytes;
    return request;
}

Result<QByteArray> ClaimKeys::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest KeyChanges::build() const
{
    return getFrom(v3({u"keys"_s, u"changes"_s}) + query({{"from", from}, {"to", to}}));
}

Result<KeyChanges::Response> KeyChanges::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const Response response{.changed = users(fields.optionalArray("changed"_L1)),
                                .left = users(fields.optionalArray("left"_L1))};
        return fields.result(response);
    });
}

HttpRequest SendToDevice::build() const
{
    return putTo(v3({u"sendToDevice"_s, eventType, txnId.toString()}), body);
}

Result<void> SendToDevice::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

} // namespace parvis::api
