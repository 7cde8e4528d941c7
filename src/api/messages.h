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

/// GET /_matrix/client/v3/rooms/{roomId}/context/{eventId}. The body is left as it is, as above.
struct EventContext {
    using Response = QByteArray;

    RoomId roomId;
    EventId eventId;
    int limit = 50; ///< events around it, altogether
    QByteArray filter = R"({"lazy_load_members":true})";

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}, newest first. The body as above.
struct Relations {
    using Response = QByteArray;

    RoomId roomId;
    EventId eventId;
    QString relType;
    QString from = {}; ///< empty: from the newest
    int limit = 50;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v1/rooms/{roomId}/threads: their first messages, by their last ones. The body as
/// above.
struct Threads {
    using Response = QByteArray;

    RoomId roomId;
    int limit = 50;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v1/rooms/{roomId}/timestamp_to_event
struct TimestampToEvent {
    using Response = EventId;

    RoomId roomId;
    qint64 ts = 0; ///< milliseconds since 1970
    Messages::Direction direction =
        Messages::Direction::Forward; ///< the first at or after it, or the last before

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
