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
    const auto makeIdentity = [&protocol, home, ports](const QString &command, bool replace) {
        protocol.on(command, [home, ports, replace](const QJsonObject &args) {
            return withTimeout(
                done(ports.encryption.makeIdentity(Secret(args["password"_L1].toString().toUtf8()), replace),
                     home),
                timeoutOf(args), home);
        });
    };
    makeIdentity(u"bootstrap"_s, false);
    makeIdentity(u"reset_identity"_s, true);
    protocol.on(u"identity"_s, [home, ports](const QJsonObject &args) {
        return shaped(ports.encryption.identity(UserId(args["user"_L1].toString())), home);
    });
    for (const auto &command : {u"withdraw_verification"_s, u"pin_identity"_s}) {
        protocol.on(command, [home, ports](const QJsonObject &args) {
            return done(ports.encryption.acceptIdentity(UserId(args["user"_L1].toString())), home);
        });
    }
    protocol.on(u"discard_session"_s, [home, ports, &known](const QJsonObject &args) {
        const RoomId room(args["room"_L1].toString());
        return known.find(room).andThen(
            home, [home, ports, room] { return done(ports.encryption.discardSession(room), home); });
    });
}

} // namespace parvis::driver
