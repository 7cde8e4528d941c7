// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

#include <QStringList>

namespace parvis::api {

/// POST /_matrix/client/v3/rooms/{roomId}/ban
struct BanUser {
    using Response = void;

    RoomId roomId;
    UserId userId;
    QString reason = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/rooms/{roomId}/unban
struct UnbanUser {
    using Response = void;

    RoomId roomId;
    UserId userId;
    QString reason = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/knock/{roomIdOrAlias}
struct KnockRoom {
    using Response = RoomId;

    QString roomIdOrAlias;
    QStringList via = {};
    QString reason = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}
struct SetTag {
    using Response = void;

    UserId userId;
    RoomId roomId;
    QString tag;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// DELETE /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}
struct RemoveTag {
    using Response = void;

    UserId userId;
    RoomId roomId;
    QString tag;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
