// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "driver.h"
#include "known_rooms.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

RoomId roomOf(const QJsonObject &args)
{
    return RoomId(args["room"_L1].toString());
}

EventId eventOf(const QJsonObject &args)
{
    return EventId(args["event"_L1].toString());
}

/// Each file that is further than it was.
void announceTransfers(LineProtocol &protocol, MediaPort &media)
{
    media.subscribeTransfers(
        &protocol, [&protocol, before = QList<FileTransfer>()](const QList<FileTransfer> &now) mutable {
            for (const FileTransfer &transfer : now) {
                if (!before.contains(transfer))
                    protocol.announce(u"progress"_s, toJson(transfer));
            }
            before = now;
        });
}

} // namespace

void addMediaCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known)
{
    auto *home = &protocol;
    const auto inRoom = [&protocol, &known, home](const QString &command, auto run) {
        protocol.on(command, [home, &known, run](const QJsonObject &args) {
            return withTimeout(known.find(roomOf(args)).andThen(home, [run, args] { return run(args); }),
                               timeoutOf(args), home);
        });
    };
    inRoom(u"download"_s, [home, ports](const QJsonObject &args) {
        return shaped(ports.media.save(roomOf(args), eventOf(args), args["to"_L1].toString(),
                                       args["replace"_L1].toBool()),
                      home);
    });
    inRoom(u"media_state"_s, [home, ports](const QJsonObject &args) {
        return ports.media.state(roomOf(args), eventOf(args)).andThen(home, [](MediaState state) {
            static const QStringList words{u"clean"_s, u"gone"_s, u"error"_s};
            return Result<QJsonValue>(words.value(int(state)));
        });
    });
    announceTransfers(protocol, ports.media);
}

} // namespace parvis::driver
