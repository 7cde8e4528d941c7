// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/diagnostics_port.h"
#include "client/encryption_port.h"
#include "client/login_port.h"
#include "client/media_port.h"
#include "client/notification_port.h"
#include "client/timeline_port.h"
#include "client/values.h"
#include "client/verification_port.h"

#include <QJsonArray>
#include <QJsonObject>

/// The client's values in the shapes of the driver protocol.
namespace parvis::driver {

[[nodiscard]] QJsonObject toJson(const SessionInfo &session);
[[nodiscard]] QJsonObject toJson(const StoredAccount &account);
[[nodiscard]] QJsonObject toJson(const ServerInfo &server);
[[nodiscard]] QJsonObject toJson(const RoomSummary &room);
[[nodiscard]] QJsonObject toJson(const TimelineItem &item);
[[nodiscard]] QJsonObject toJson(const NotificationCard &card);
[[nodiscard]] QJsonObject toJson(const PollState &poll);
[[nodiscard]] QJsonObject toJson(const ThreadCard &thread);
[[nodiscard]] QJsonObject toJson(const MediaInfo &media);
[[nodiscard]] QJsonObject toJson(const OutgoingFile &file);
[[nodiscard]] QJsonObject toJson(const JoinedFile &file);
[[nodiscard]] QJsonObject toJson(const SavedFile &saved);
[[nodiscard]] QJsonObject toJson(const FileTransfer &transfer);
[[nodiscard]] QJsonObject toJson(const QueueItem &item);
[[nodiscard]] QJsonObject toJson(const MemberCard &member);
[[nodiscard]] QJsonObject toJson(const DeviceCard &device);
[[nodiscard]] QJsonObject toJson(const PersonIdentity &identity);
[[nodiscard]] QJsonObject toJson(const CryptoStatus &status);
[[nodiscard]] QJsonObject toJson(const ReaderCounts &counts);
[[nodiscard]] QJsonObject toJson(const RoomReaders &readers);
[[nodiscard]] QJsonObject toJson(const VerificationInfo &verification);
[[nodiscard]] QJsonObject toJson(const RecoveryResult &result);
[[nodiscard]] QJsonObject toJson(const KeyCounts &counts);
[[nodiscard]] QJsonObject toJson(const EngineStatus &status);
[[nodiscard]] QJsonObject toJson(const Connection &connection);

/// Adds how far @p json is to be trusted.
void addShield(QJsonObject &json, Shield shield, ShieldReason reason);

[[nodiscard]] inline QJsonArray toJson(const QList<UserId> &users)
{
    QJsonArray ids;
    for (const UserId &user : users)
        ids.append(user.toString());
    return ids;
}

template <typename T>
[[nodiscard]] QJsonArray toJson(const QList<T> &values)
{
    QJsonArray array;
    for (const T &value : values)
        array.append(toJson(value));
    return array;
}

} // namespace parvis::driver
