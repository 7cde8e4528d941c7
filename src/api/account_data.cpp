// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/account_data.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

QByteArray dataPath(const UserId &user, const RoomId &room, const QString &type)
{
    if (room.isEmpty())
        return v3({u"user"_s, user.toString(), u"account_data"_s, type});
    return v3({u"user"_s, user.toString(), u"rooms"_s, room.toString(), u"account_data"_s, type});
}

} // namespace

HttpRequest GetAccountData::build() const
{
    return getFrom(dataPath(userId, roomId, type));
}

Result<QJsonObject> GetAccountData::parse(const HttpReply &reply)
{
    return objectOf(reply);
}

HttpRequest SetAccountData::build() const
{
    return putTo(dataPath(userId, roomId, type), compact(content));
}

Result<void> SetAccountData::parse(const HttpReply &reply)
{
    return nothingOf(reply);
}

} // namespace parvis::api
