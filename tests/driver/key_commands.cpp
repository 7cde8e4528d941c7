// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QTimer>

#include "driver.h"
#include "known_rooms.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

Secret secretOf(const QJsonObject &args, QLatin1StringView name)
{
    return Secret(args[name].toString().toUtf8());
}

void addRecoveryCommands(LineProtocol &protocol, const Ports &ports)
{
    auto *home = &protocol;
    const auto setUp = [&protocol, home, ports](const QString &command, bool replace) {
        protocol.on(command, [home, ports, replace](const QJsonObject &args) {
            auto made =
                ports.encryption.setUpRecovery(secretOf(args, "password"_L1), replace)
                    .andThen(home, [home, ports](Secret key) {
                        // Whoever steers has seen it once the answer is out: the next turn comes
                        // after it, and before the next command.
                        QTimer::singleShot(0, home, [home, ports] {
                            ports.encryption.recoveryKeySeen().then(home, [](const Result<void> &) {});
                        });
                        const QString letters = QString::fromUtf8(key.view());
                        return Result<QJsonValue>(QJsonObject{{"recovery_key"_L1, letters}});
                    });
            return withTimeout(std::move(made), timeoutOf(args), home);
        });
    };
    setUp(u"bootstrap"_s, false);
    setUp(u"reset_identity"_s, true);
    protocol.on(u"recover"_s, [home, ports](const QJsonObject &args) {
        return withTimeout(shaped(ports.encryption.recover(secretOf(args, "recovery_key"_L1),
                                                           secretOf(args, "passphrase"_L1),
                                                           args["even_unwanted"_L1].toBool()),
                                  home),
                           timeoutOf(args), home);
    });
    protocol.on(u"restore_backup"_s, [home, ports](const QJsonObject &args) {
        return withTimeout(shaped(ports.encryption.restoreBackup(), home), timeoutOf(args), home);
    });
    protocol.on(u"export_keys"_s, [home, ports](const QJsonObject &args) {
        return withTimeout(
            shaped(ports.encryption.exportKeys(args["path"_L1].toString(), secretOf(args, "passphrase"_L1)),
                   home),
            timeoutOf(args), home);
    });
    protocol.on(u"import_keys"_s, [home, ports](const QJsonObject &args) {
        return withTimeout(
            shaped(ports.encryption.importKeys(args["path"_L1].toString(), secretOf(args, "passphrase"_L1)),
                   home),
            timeoutOf(args), home);
    });
}

QList<DeviceId> devicesOf(const QJsonObject &args)
{
    QList<DeviceId> devices;
    const QJsonArray several = args["devices"_L1].toArray();
    for (const auto &one : several)
        devices.append(DeviceId(one.toString()));
    if (args.contains("device"_L1))
        devices.append(DeviceId(args["device"_L1].toString()));
    return devices;
}

void addDeviceCommands(LineProtocol &protocol, const Ports &ports)
{
    auto *home = &protocol;
    protocol.on(u"devices"_s, [home, ports](const QJsonObject &args) {
        return shaped(ports.encryption.devices(UserId(args["user"_L1].toString())), home);
    });
    protocol.on(u"rename_device"_s, [home, ports](const QJsonObject &args) {
        return withTimeout(done(ports.encryption.renameDevice(DeviceId(args["device"_L1].toString()),
                                                              args["name"_L1].toString()),
                                home),
                           timeoutOf(args), home);
    });
    protocol.on(u"delete_device"_s, [home, ports](const QJsonObject &args) {
        return withTimeout(
            done(ports.encryption.logOutDevices(devicesOf(args), secretOf(args, "password"_L1)), home),
            timeoutOf(args), home);
    });
}

void addReaderCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known)
{
    auto *home = &protocol;
    protocol.on(u"readers"_s, [home, ports, &known](const QJsonObject &args) {
        const RoomId room(args["room"_L1].toString());
        return withTimeout(
            known.find(room).andThen(
                home, [home, ports, room] { return shaped(ports.encryption.readers(room), home); }),
            timeoutOf(args), home);
    });
    protocol.on(u"block_unverified"_s, [home, ports, &known](const QJsonObject &args) {
        const bool on = args["on"_L1].toBool();
        if (!args.contains("room"_L1))
            return done(ports.encryption.setOnlyVerifiedEverywhere(on), home);
        const RoomId room(args["room"_L1].toString());
        return known.find(room).andThen(
            home, [home, ports, room, on] { return done(ports.encryption.setOnlyVerified(room, on), home); });
    });
}

} // namespace

void addKeyCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known)
{
    auto *home = &protocol;
    protocol.on(u"crypto_status"_s,
                [home, ports](const QJsonObject &) { return shaped(ports.encryption.status(), home); });
    addDeviceCommands(protocol, ports);
    addReaderCommands(protocol, ports, known);
    addRecoveryCommands(protocol, ports);
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
