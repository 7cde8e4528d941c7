// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"
#include "base/task.h"
#include "client/values.h"

#include <QByteArray>

namespace parvis {

/// Where the engine stands, for the diagnosis page and for tests.
struct EngineStatus {
    enum class Sync {
        Stopped,
        Connecting, ///< the server has not said yet which of the two it has
        Sliding,
        V2,
    };

    Connection connection;
    Sync sync = Sync::Stopped;
    int queueDepth = 0; ///< rows that will still be sent
    int toDevicePending = 0;
    int oneTimeKeys = -1; ///< at the server; -1: it has not said
    int rooms = 0;
    qint64 positionAgeMs = -1; ///< since the last answer of the server; -1: none yet

    bool operator==(const EngineStatus &) const = default;
};

/// An account that was signed in elsewhere: no login, no new device.
struct AttachAccount {
    QString baseUrl;
    UserId userId;
    DeviceId deviceId;
};

/// A request as the server would get it.
struct RawRequest {
    QByteArray method; ///< GET, PUT, POST, DELETE
    QByteArray path;   ///< from "/" on, percent-encoded, query included
    QByteArray body;   ///< JSON, may be empty
};

/// The server's answer, whatever its status.
struct RawAnswer {
    int status = 0;
    QByteArray body;
};

/// What only diagnosis and tests ask for. UI thread.
class DiagnosticsPort
{
public:
    virtual ~DiagnosticsPort() = default;

    [[nodiscard]] virtual Task<EngineStatus> status() = 0;
    /// Answers when a sync that began after this call came back empty without waiting, on every connection,
    /// and the queue and the outgoing to-device messages are empty (failed rows do not count).
    [[nodiscard]] virtual Task<EngineStatus> waitIdle() = 0;
    [[nodiscard]] virtual Task<SessionInfo> attach(const AttachAccount &account, Secret accessToken,
                                                   Secret refreshToken) = 0;
    /// Whether a room of that id ever came, also one that was left since. Never asks the server.
    [[nodiscard]] virtual Task<bool> knowsRoom(const RoomId &room) = 0;
    /// With the account's token.
    [[nodiscard]] virtual Task<RawAnswer> raw(const RawRequest &request) = 0;
};

} // namespace parvis
