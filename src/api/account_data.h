// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

#include <QJsonObject>

namespace parvis::api {

/// GET /_matrix/client/v3/user/{userId}/account_data/{type}, or of one room
struct GetAccountData {
    using Response = QJsonObject; ///< the content; a type that was never set answers NotFound

    UserId userId;
    QString type;
    RoomId roomId = {}; ///< empty: global

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// PUT /_matrix/client/v3/user/{userId}/account_data/{type}, or of one room
struct SetAccountData {
    using Response = void;

    UserId userId;
    QString type;
    QJsonObject content;
    RoomId roomId = {}; ///< empty: global

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
