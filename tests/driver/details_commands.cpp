// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "client/words.h"

#include <cmath>

#include "driver.h"
#include "known_rooms.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

QJsonObject numbers(const QHash<QString, qint64> &all)
{
    QJsonObject object;
    for (auto it = all.cbegin(); it != all.cend(); ++it)
        object.insert(it.key(), *it);
    return object;
}

QJsonObject levelsJson(const RoomLevels &levels)
{
    QJsonObject json{{"users_default"_L1, levels.usersDefault},
                     {"events_default"_L1, levels.eventsDefault},
                     {"state_default"_L1, levels.stateDefault},
                     {"invite"_L1, levels.invite},
                     {"kick"_L1, levels.kick},
                     {"ban"_L1, levels.ban},
                     {"redact"_L1, levels.redact},
                     {"notifications"_L1, QJsonObject{{"room"_L1, levels.notifyRoom}}},
                     {"users"_L1, numbers(levels.users)},
                     {"events"_L1, numbers(levels.events)}};
    if (!levels.creators.isEmpty())
        json.insert("creators"_L1, QJsonArray::fromStringList(levels.creators));
    return json;
}

QJsonObject rightsJson(const RoomRights &rights)
{
    return {{"power"_L1, rights.power},
            {"send"_L1, rights.send},
            {"name"_L1, rights.name},
            {"topic"_L1, rights.topic},
            {"avatar"_L1, rights.avatar},
            {"history"_L1, rights.history},
            {"join_rule"_L1, rights.joinRule},
            {"retention"_L1, rights.retention},
            {"power_levels"_L1, rights.powerLevels},
            {"pin"_L1, rights.pin},
            {"children"_L1, rights.children},
            {"upgrade"_L1, rights.upgrade},
            {"invite"_L1, rights.invite},
            {"kick"_L1, rights.kick},
            {"ban"_L1, rights.ban},
            {"redact"_L1, rights.redact},
            {"notify_room"_L1, rights.notifyRoom}};
}

QJsonObject linkJson(const RoomLink &link)
{
    return {{"room_id"_L1, link.room.toString()},
            {"via"_L1, QJsonArray::fromStringList(link.via)},
            {"confirmed"_L1, link.confirmed}};
}

QJsonObject detailsJson(const RoomDetails &room)
{
    static const QStringList rules{u"restricted"_s, u"unrestricted"_s, u"direct"_s};
    QJsonArray pinned;
    for (const EventId &event : room.pinned)
        pinned.append(event.toString());
    QJsonObject json{{"room_id"_L1, room.roomId.toString()},
                     {"name"_L1, room.name},
                     {"topic"_L1, room.topic},
                     {"avatar"_L1, room.avatar},
                     {"alias"_L1, room.alias},
                     {"kind"_L1, word(room.kind)},
                     {"membership"_L1, word(room.membership)},
                     {"rules"_L1,
                      QJsonObject{{"rule"_L1, rules.value(int(room.rule))},
                                  {"stated"_L1, room.ruleStated},
                                  {"force_unencrypted"_L1, room.forceUnencrypted}}},
                     {"power_levels"_L1, levelsJson(room.levels)},
                     {"encryption"_L1, room.encryption.isEmpty() ? QJsonValue() : room.encryption},
                     {"history"_L1, room.history},
                     {"join_rule"_L1, room.joinRule},
                     {"join_allow"_L1, QJsonArray::fromStringList(room.joinAllow)},
                     {"retention"_L1, room.retentionMs ? QJsonValue(*room.retentionMs) : QJsonValue()},
                     {"pinned"_L1, pinned},
                     {"version"_L1, room.version},
                     {"permissions"_L1, rightsJson(room.rights)}};
    if (!room.replacedBy.room.isEmpty())
        json.insert("upgrade"_L1, linkJson(room.replacedBy));
    if (!room.predecessor.room.isEmpty())
        json.insert("predecessor"_L1, linkJson(room.predecessor));
    return json;
}

std::optional<QString> textIn(const QJsonObject &args, QLatin1StringView name)
{
    return args[name].isString() ? std::optional(args[name].toString()) : std::nullopt;
}

Task<QJsonValue> setRoom(LineProtocol *home, const Ports &ports, const QJsonObject &args)
{
    const RoomEdit edit{.name = textIn(args, "name"_L1),
                        .topic = textIn(args, "topic"_L1),
                        .avatar = textIn(args, "avatar"_L1),
                        .history = textIn(args, "history"_L1),
                        .joinRule = textIn(args, "join_rule"_L1),
                        .retentionMs = args["retention"_L1].isDouble()
                            ? std::optional(args["retention"_L1].toInteger(-1))
                            : std::nullopt};
    if (edit == RoomEdit())
        return usage(u"name, topic, avatar, history, join_rule or retention: missing"_s);
    return done(ports.details.change(roomOf(args), edit), home);
}

Task<QJsonValue> setPower(LineProtocol *home, const Ports &ports, const QJsonObject &args)
{
    const double power = args["power"_L1].toDouble();
    if (power != std::floor(power) || std::abs(power) > 9007199254740991.0)
        return usage(u"power: a whole number"_s);
    return done(ports.details.setPower(roomOf(args), UserId(args["user"_L1].toString()), qint64(power)),
                home);
}

} // namespace

void addDetailsCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known)
{
    auto *home = &protocol;
    const auto inRoom = [&protocol, &known, home](const QString &command, auto run) {
        protocol.on(command, [home, &known, run](const QJsonObject &args) {
            return known.find(roomOf(args)).andThen(home, [run, args] { return run(args); });
        });
    };
    inRoom(u"room_info"_s, [home, ports](const QJsonObject &args) {
        return ports.details.details(roomOf(args)).andThen(home, [](const RoomDetails &room) {
            return Result<QJsonValue>(detailsJson(room));
        });
    });
    inRoom(u"set_room"_s, [home, ports](const QJsonObject &args) { return setRoom(home, ports, args); });
    inRoom(u"upgrade_room"_s, [home, ports](const QJsonObject &args) {
        return ports.details.upgrade(roomOf(args), args["version"_L1].toString())
            .andThen(home, [](const RoomId &made) {
                return Result<QJsonValue>(QJsonObject{{"room_id"_L1, made.toString()}});
            });
    });
    inRoom(u"set_power"_s, [home, ports](const QJsonObject &args) { return setPower(home, ports, args); });
}

} // namespace parvis::driver
