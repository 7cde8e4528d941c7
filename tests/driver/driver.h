// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/account_port.h"
#include "client/composer_port.h"
#include "client/diagnostics_port.h"
#include "client/encryption_port.h"
#include "client/login_port.h"
#include "client/media_port.h"
#include "client/notification_port.h"
#include "client/room_details_port.h"
#include "client/room_finder_port.h"
#include "client/room_list_port.h"
#include "client/room_upkeep_port.h"
#include "client/search_port.h"
#include "client/settings_port.h"
#include "client/storage_port.h"
#include "client/timeline_port.h"
#include "client/verification_port.h"

#include <memory>

#include "line_protocol.h"
#include "values_json.h"

namespace parvis::driver {

/// The client's ports, as the window gets them.
struct Ports {
    LoginPort &login;
    AccountPort &account;
    RoomListPort &rooms;
    TimelinePort &timelines;
    ComposerPort &composer;
    MediaPort &media;
    EncryptionPort &encryption;
    VerificationPort &verifications;
    RoomUpkeepPort &upkeep;
    RoomDetailsPort &details;
    RoomFinderPort &finder;
    SearchPort &search;
    NotificationPort &notifications;
    DiagnosticsPort &diagnostics;
    SettingsPort &settings;
    StoragePort &storage;
};

/// The room that a command names.
inline RoomId roomOf(const QJsonObject &args)
{
    return RoomId(args[QLatin1StringView("room")].toString());
}

class KnownRooms;
class OpenTimelines;
class WatchedVerifications;

void addAccountCommands(LineProtocol &protocol, const Ports &ports);
void addRoomCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known);
void addDetailsCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known);
void addFinderCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known);
void addUpkeepCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known);
void addTimelineCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known, OpenTimelines &open);
void addRoomContentCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known,
                            OpenTimelines &open);
void addSendingCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known, OpenTimelines &open);
void addMediaCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known);
void addKeyCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known);
void addSearchCommands(LineProtocol &protocol, const Ports &ports);
void addStorageCommands(LineProtocol &protocol, const Ports &ports);
void addVerificationCommands(LineProtocol &protocol, const Ports &ports, WatchedVerifications &watched);
void addPureFunctions(LineProtocol &protocol);
void announceChanges(LineProtocol &protocol, const Ports &ports, QObject *context);

/// An answer that is there already.
[[nodiscard]] inline Task<QJsonValue> answer(QJsonValue value)
{
    return Task<QJsonValue>::ready(std::move(value));
}

/// A command that was called with something missing or wrong.
[[nodiscard]] inline Task<QJsonValue> usage(const QString &what)
{
    return Task<QJsonValue>::ready(
        fail(ErrorKind::Usage, QStringLiteral("PARVIS_DRIVER_BAD_ARGUMENTS"), what));
}

/// A task without value becomes an empty object.
[[nodiscard]] inline Task<QJsonValue> done(Task<void> task, const QObject *context)
{
    return std::move(task).andThen(context, [] { return Result<QJsonValue>(QJsonObject()); });
}

/// A task with a value that has a JSON shape.
template <typename T>
[[nodiscard]] Task<QJsonValue> shaped(Task<T> task, const QObject *context)
{
    return std::move(task).andThen(context, [](T value) { return Result<QJsonValue>(toJson(value)); });
}

} // namespace parvis::driver
