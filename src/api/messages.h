// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

namespace parvis::api {

/// GET /_matrix/client/v3/rooms/{roomId}/messages. The body is left as it is, for the reader of events.
struct Messages {
    enum class Direction { Back, Forward };
    using Response = QByteArray;

    RoomId roomId;
    QString from = {}; ///< empty: from the newest (Back only)
    QString to = {};
    Direction direction = Direction::Back;
    int limit = 50;
    QByteArray filter = R"({"lazy_load_members":true})";

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v3/rooms/{roomId}/event/{eventId}
struct GetEvent {
    using Response = QByteArray;

    RoomId roomId;
    EventId eventId;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
