// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/direct_rooms.h"

#include "api/account_data.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parvis::api {

QJsonObject withDirectRoom(QJsonObject content, const UserId &user, const RoomId &room)
{
    QJsonArray rooms = content.value(user.toString()).toArray();
    if (!rooms.contains(room.toString()))
        rooms.append(room.toString());
    content.insert(user.toString(), rooms);
    return content;
}

QJsonObject withoutDirectRoom(QJsonObject content, const RoomId &room)
{
    const QStringList people = content.keys();
    for (const QString &person : people) {
        if (!content.value(person).isArray())
            continue; // not ours to repair
        QJsonArray kept;
        const QJsonArray rooms = content.value(person).toArray();
        for (const auto &value : rooms) {
            if (value.toString() != room.toString())
                kept.append(value);
        }
        if (kept.isEmpty())
            content.remove(person);
        else
            content.insert(person, kept);
    }
    return content;
}

Task<void> markDirect(ApiClient &client, const UserId &self, const UserId &user, const RoomId &room)
{
    Promise<void> promise;
    auto task = promise.task();
    client.sendWithRetry(GetAccountData{.userId = self, .type = u"m.direct"_s})
        .then(&client,
              [&client, self, user, room, promise = std::move(promise)](Result<QJsonObject> read) mutable {
                  if (!read && read.error().kind != ErrorKind::NotFound)
                      return promise.resolve(tl::unexpected(read.error()));
                  const SetAccountData write{.userId = self,
                                             .type = u"m.direct"_s,
                                             .content =
                                                 withDirectRoom(read.value_or(QJsonObject()), user, room)};
                  client.sendWithRetry(write).then(&client,
                                                   [promise = std::move(promise)](Result<void> r) mutable {
                                                       promise.resolve(std::move(r));
                                                   });
              });
    return task;
}

} // namespace parvis::api
