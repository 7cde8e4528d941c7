// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "client/words.h"

#include "driver.h"
#include "known_rooms.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

/// The rooms that a filter leaves, once the list has arrived from the core.
class RoomSnapshot : public QObject
{
public:
    RoomSnapshot(const Ports &ports, const RoomFilter &filter, int limit, QObject *parent)
        : QObject(parent), m_limit(limit)
    {
        ports.rooms.subscribe(filter, this, [this](const ListDiffs<RoomSummary> &diffs) {
            for (const auto &diff : diffs)
                std::visit([this](const auto &change) { apply(change); }, diff.change);
        });
        // A question to the core is answered after the list that was posted before it.
        ports.diagnostics.status().then(this, [this](const Result<EngineStatus> &) { finish(); });
    }

    [[nodiscard]] Task<QJsonValue> task() { return m_promise.task(); }

private:
    using Diff = ListDiff<RoomSummary>;
    void apply(const Diff::Reset &change) { m_rooms = change.items; }
    void apply(const Diff::Update &change) { m_rooms[change.at] = change.item; }
    void apply(const Diff::Remove &change) { m_rooms.remove(change.at, change.count); }
    void apply(const Diff::Insert &change)
    {
        for (qsizetype i = 0; i < change.items.size(); ++i)
            m_rooms.insert(change.at + i, change.items[i]);
    }

    void finish()
    {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_promise.resolve(QJsonValue(toJson(m_rooms.mid(0, m_limit))));
                deleteLater();
            },
            Qt::QueuedConnection);
    }

    Promise<QJsonValue> m_promise;
    QList<RoomSummary> m_rooms;
    int m_limit;
};

std::optional<RoomFilter::Show> whichRooms(const QString &word)
{
    using Show = RoomFilter::Show;
    static const QHash<QString, Show> all{{u"all"_s, Show::All},
                                          {u"unread"_s, Show::Unread},
                                          {u"people"_s, Show::People},
                                          {u"rooms"_s, Show::Rooms},
                                          {u"favourites"_s, Show::Favourites},
                                          {u"low_priority"_s, Show::LowPriority},
                                          {u"mentions"_s, Show::Mentions},
                                          {u"invitations"_s, Show::Invitations},
                                          {u"knocks"_s, Show::Knocks},
                                          {u"spaces"_s, Show::Spaces}};
    const auto known = all.constFind(word);
    return known == all.cend() ? std::nullopt : std::optional(*known);
}

Task<QJsonValue> rooms(LineProtocol *home, const Ports &ports, KnownRooms &known, const QJsonObject &args)
{
    const QString word = args["filter"_L1].toString(u"all"_s);
    const auto show = whichRooms(word);
    if (!show)
        return usage(u"filter: "_s + word);
    const RoomFilter filter{.show = *show,
                            .text = args["search"_L1].toString(),
                            .space = RoomId(args["space"_L1].toString()),
                            .keep = {}};
    const int limit = args["limit"_L1].toInt(1'000'000);
    return known.account().andThen(home, [home, ports, filter, limit] {
        return (new RoomSnapshot(ports, filter, limit, home))->task();
    });
}

Task<QJsonValue> createRoom(LineProtocol *home, const Ports &ports, KnownRooms &known,
                            const QJsonObject &args)
{
    const QString word = args["kind"_L1].toString(u"private"_s);
    const auto kind = roomKind(word);
    if (!kind)
        return usage(u"kind: "_s + word);
    NewRoom room{.name = args["name"_L1].toString(),
                 .topic = args["topic"_L1].toString(),
                 .kind = *kind,
                 .invite = {},
                 .alias = args["alias"_L1].toString(),
                 .federate = args["federate"_L1].toBool(true),
                 .parent = RoomId(args["parent"_L1].toString())};
    for (const auto &user : args["invite"_L1].toArray())
        room.invite.append(UserId(user.toString()));
    const auto create = [home, ports, room] {
        return ports.rooms.create(room).andThen(home, [](RoomId id) {
            return Result<QJsonValue>(QJsonObject{{"room_id"_L1, id.toString()}});
        });
    };
    return room.parent.isEmpty() ? create() : known.find(room.parent).andThen(home, create);
}

Task<QJsonValue> members(LineProtocol *home, const Ports &ports, const QJsonObject &args)
{
    return ports.rooms.members(roomOf(args))
        .andThen(home, [search = args["search"_L1].toString()](QList<MemberCard> all) {
            all.removeIf([&](const MemberCard &member) {
                return !member.name.contains(search, Qt::CaseInsensitive)
                    && !member.userId.toString().contains(search, Qt::CaseInsensitive);
            });
            return Result<QJsonValue>(toJson(all));
        });
}

} // namespace

void addRoomCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known)
{
    auto *home = &protocol;
    protocol.on(u"rooms"_s,
                [home, ports, &known](const QJsonObject &args) { return rooms(home, ports, known, args); });
    protocol.on(u"create_room"_s, [home, ports, &known](const QJsonObject &args) {
        return createRoom(home, ports, known, args);
    });
    protocol.on(u"join"_s, [home, ports](const QJsonObject &args) {
        return ports.rooms
            .join(args["room"_L1].toString(args["alias"_L1].toString()),
                  args["via"_L1].toVariant().toStringList())
            .andThen(home, [](RoomId id) {
                return Result<QJsonValue>(QJsonObject{{"room_id"_L1, id.toString()}});
            });
    });
    const auto inRoom = [&protocol, &known, home](const QString &command, auto run) {
        protocol.on(command, [home, &known, run](const QJsonObject &args) {
            return known.find(roomOf(args)).andThen(home, [run, args] { return run(args); });
        });
    };
    inRoom(u"leave"_s,
           [home, ports](const QJsonObject &args) { return done(ports.rooms.leave(roomOf(args)), home); });
    inRoom(u"invite"_s, [home, ports](const QJsonObject &args) {
        return done(ports.rooms.invite(roomOf(args), UserId(args["user"_L1].toString()),
                                       args["reason"_L1].toString()),
                    home);
    });
    inRoom(u"members"_s, [home, ports](const QJsonObject &args) { return members(home, ports, args); });
}

} // namespace parvis::driver
