// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

#include <QJsonObject>

namespace parvis::api {

/// GET /_matrix/client/v3/rooms/{roomId}/members. The body is left as it is, for the reader of events.
struct GetMembers {
    using Response = QByteArray;

    RoomId roomId;
    QString at = {};            ///< a sync token; empty: now
    QString notMembership = {}; ///< "leave" for those who are or may come in
    QString membership = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}
struct GetState {
    using Response = QJsonObject; ///< the content

    RoomId roomId;
    QString eventType; ///< "m.room.encryption"
    QString stateKey = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}
struct SetState {
    using Response = EventId;

    RoomId roomId;
    QString eventType;
    QString stateKey = {};
    QJsonObject content;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
