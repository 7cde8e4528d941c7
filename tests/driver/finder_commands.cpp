// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "client/words.h"

#include "driver.h"
#include "known_rooms.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

QJsonArray ids(const QList<RoomId> &rooms)
{
    QJsonArray array;
    for (const RoomId &room : rooms)
        array.append(room.toString());
    return array;
}

QJsonObject spaceJson(const SpaceCard &space)
{
    return {{"room_id"_L1, space.spaceId.toString()},
            {"name"_L1, space.name},
            {"membership"_L1, word(space.membership)},
            {"top_level"_L1, space.topLevel},
            {"parents"_L1, ids(space.parents)},
            {"children"_L1, ids(space.children)},
            {"rooms"_L1, space.rooms},
            {"unread"_L1, space.unread},
            {"notifications"_L1, space.notifications},
            {"highlight"_L1, space.highlight}};
}

QJsonObject foundJson(const FoundRoom &room)
{
    QJsonObject json{{"room_id"_L1, room.roomId.toString()},
                     {"name"_L1, room.name},
                     {"topic"_L1, room.topic},
                     {"alias"_L1, room.alias},
                     {"avatar"_L1, room.avatar},
                     {"space"_L1, room.space},
                     {"membership"_L1, room.membership ? QJsonValue(word(*room.membership)) : QJsonValue()},
                     {"join_rule"_L1, room.joinRule},
                     {"world_readable"_L1, room.worldReadable}};
    if (room.members >= 0)
        json.insert("members"_L1, room.members);
    return json;
}

QJsonObject childJson(const FoundRoom &room)
{
    QJsonObject json = foundJson(room);
    json.insert("suggested"_L1, room.suggested);
    json.insert("order"_L1, room.order.isEmpty() ? QJsonValue() : room.order);
    json.insert("via"_L1, QJsonArray::fromStringList(room.via));
    return json;
}

Task<QJsonValue> spaceChildren(LineProtocol *home, const Ports &ports, const QJsonObject &args)
{
    return ports.finder.children(roomOf(args), args["suggested"_L1].toBool(), args["limit"_L1].toInt(100))
        .andThen(home, [](const FoundRooms &found) {
            QJsonArray children;
            for (const FoundRoom &room : found.rooms)
                children.append(childJson(room));
            return Result<QJsonValue>(
                QJsonObject{{"children"_L1, children}, {"more"_L1, found.more}, {"asked"_L1, found.asked}});
        });
}

Task<QJsonValue> directory(LineProtocol *home, const Ports &ports, const QJsonObject &args)
{
    const DirectoryQuery query{.server = args["server"_L1].toString(),
                               .text = args["search"_L1].toString(),
                               .next = args["after"_L1].toString(),
                               .limit = args["limit"_L1].toInt(50)};
    return ports.finder.directory(query).andThen(home, [](const FoundRooms &found) {
        QJsonArray rooms;
        for (const FoundRoom &room : found.rooms)
            rooms.append(foundJson(room));
        QJsonObject json{{"rooms"_L1, rooms}, {"more"_L1, found.more}};
        if (!found.next.isEmpty())
            json.insert("next"_L1, found.next);
        if (found.total >= 0)
            json.insert("total"_L1, found.total);
        return Result<QJsonValue>(json);
    });
}

} // namespace

void addFinderCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known)
{
    auto *home = &protocol;
    protocol.on(u"spaces"_s, [home, ports, &known](const QJsonObject &) {
        return known.account().andThen(home, [home, ports] {
            return ports.finder.spaces().andThen(home, [](const QList<SpaceCard> &spaces) {
                QJsonArray all;
                for (const SpaceCard &space : spaces)
                    all.append(spaceJson(space));
                return Result<QJsonValue>(all);
            });
        });
    });
    protocol.on(u"space_children"_s,
                [home, ports](const QJsonObject &args) { return spaceChildren(home, ports, args); });
    protocol.on(u"directory"_s,
                [home, ports](const QJsonObject &args) { return directory(home, ports, args); });
}

} // namespace parvis::driver
