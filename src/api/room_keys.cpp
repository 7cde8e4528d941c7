// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/room_keys.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

HttpRequest GetBackupVersion::build() const
{
    return getFrom(v3({u"room_keys"_s, u"version"_s}));
}

Result<QByteArray> GetBackupVersion::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest CreateBackup::build() const
{
    return postTo(v3({u"room_keys"_s, u"version"_s}), body);
}

Result<QString> CreateBackup::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const QString version = fields.text("version"_L1);
        return fields.result(version);
    });
}

HttpRequest PutBackupKeys::build() const
{
    return putTo(v3({u"room_keys"_s, u"keys"_s}) + query({{"version", version}}), body);
}

Result<QByteArray> PutBackupKeys::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

HttpRequest GetBackupKeys::build() const
{
    const QByteArray path = room.isEmpty() ? v3({u"room_keys"_s, u"keys"_s})
        : session.isEmpty()                ? v3({u"room_keys"_s, u"keys"_s, room.toString()})
                            : v3({u"room_keys"_s, u"keys"_s, room.toString(), session.toString()});
    HttpRequest request = getFrom(path + query({{"version", version}}));
    request.maxReplyBytes = maxBytes;
    return request;
}

Result<QByteArray> GetBackupKeys::parse(const HttpReply &reply)
{
    return bodyOf(reply);
}

} // namespace parvis::api
