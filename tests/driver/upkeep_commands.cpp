// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "driver.h"
#include "known_rooms.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

void addUpkeepCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known)
{
    auto *home = &protocol;
    const auto inRoom = [&protocol, &known, home](const QString &command, auto run) {
        protocol.on(command, [home, &known, run](const QJsonObject &args) {
            return known.find(roomOf(args)).andThen(home, [run, args] { return run(args); });
        });
    };
    for (const auto &[command, action] :
         {std::pair(u"kick"_s, MemberAction::Remove), std::pair(u"ban"_s, MemberAction::Ban),
          std::pair(u"unban"_s, MemberAction::Unban)})
        inRoom(command, [home, ports, action = action](const QJsonObject &args) {
            return done(ports.upkeep.moderate(roomOf(args), UserId(args["user"_L1].toString()), action,
                                              args["reason"_L1].toString()),
                        home);
        });
    protocol.on(u"knock"_s, [home, ports](const QJsonObject &args) {
        return ports.upkeep
            .knock(args["room"_L1].toString(args["alias"_L1].toString()),
                   args["via"_L1].toVariant().toStringList(), args["reason"_L1].toString())
            .andThen(home, [](RoomId id) {
                return Result<QJsonValue>(QJsonObject{{"room_id"_L1, id.toString()}});
            });
    });
    protocol.on(u"forget"_s, [home, ports](const QJsonObject &args) {
        return done(ports.upkeep.forget(roomOf(args)), home);
    });
    inRoom(u"tag"_s, [home, ports](const QJsonObject &args) {
        const QString tag = args["tag"_L1].toString();
        if (tag != "favourite"_L1 && tag != "low_priority"_L1)
            return usage(u"tag: favourite or low_priority"_s);
        return done(ports.upkeep.setTag(roomOf(args),
                                        tag == "favourite"_L1 ? RoomTag::Favourite : RoomTag::LowPriority,
                                        args["on"_L1].toBool(true)),
                    home);
    });
    inRoom(u"mark_unread"_s, [home, ports](const QJsonObject &args) {
        return done(ports.upkeep.setMarkedUnread(roomOf(args), args["on"_L1].toBool(true)), home);
    });
}

} // namespace parvis::driver
