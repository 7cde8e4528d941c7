// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

namespace parvis::api {

/// POST /_matrix/client/v3/rooms/{roomId}/receipt/{type}/{eventId}
struct SendReceipt {
    enum class Type { Read, ReadPrivate, FullyRead };
    using Response = void;

    RoomId roomId;
    EventId eventId;
    Type type = Type::Read;
    QString threadId = {}; ///< "main", or a root; empty: for the whole room

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId}
struct SendTyping {
    using Response = void;

    RoomId roomId;
    UserId userId; ///< our own
    bool typing = true;
    int timeoutMs = 30'000; ///< after this the server forgets by itself

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
