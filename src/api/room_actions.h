// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace parvis::api {

/// POST /_matrix/client/v3/createRoom. Not idempotent: a lost answer may have made a room.
struct CreateRoom {
    using Response = RoomId;

    QString name = {};
    QString topic = {};
    QString preset = {};    ///< "private_chat", "public_chat", "trusted_private_chat"
    bool published = false; ///< in the server's directory
    bool direct = false;
    QString aliasLocalpart = {};
    QList<UserId> invite = {};
    QList<QJsonObject> initialState = {};
    QJsonObject creationContent = {};
    QJsonObject powerLevels = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/join/{roomIdOrAlias}
struct JoinRoom {
    using Response = RoomId;

    QString roomIdOrAlias;
    QStringList via = {};
    QString reason = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/rooms/{roomId}/leave; also declines an invitation
struct LeaveRoom {
    using Response = void;

    RoomId roomId;
    QString reason = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/rooms/{roomId}/forget
struct ForgetRoom {
    using Response = void;

    RoomId roomId;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/rooms/{roomId}/invite
struct InviteUser {
    using Response = void;

    RoomId roomId;
    UserId userId;
    QString reason = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/rooms/{roomId}/kick
struct KickUser {
    using Response = void;

    RoomId roomId;
    UserId userId;
    QString reason = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
