// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "driver.h"
#include "known_rooms.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

void addKeyCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known)
{
    auto *home = &protocol;
    protocol.on(u"crypto_status"_s,
                [home, ports](const QJsonObject &) { return shaped(ports.encryption.status(), home); });
    protocol.on(u"devices"_s, [home, ports](const QJsonObject &args) {
        return shaped(ports.encryption.devices(UserId(args["user"_L1].toString())), home);
    });
    protocol.on(u"discard_session"_s, [home, ports, &known](const QJsonObject &args) {
        const RoomId room(args["room"_L1].toString());
        return known.find(room).andThen(
            home, [home, ports, room] { return done(ports.encryption.discardSession(room), home); });
    });
}

} // namespace parvis::driver
