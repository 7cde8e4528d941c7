// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

namespace parvis::api {

/// PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}
struct SendEvent {
    using Response = EventId;

    RoomId roomId;
    QString eventType;
    TransactionId txnId; ///< the same on every retry, with the same content: the server drops doubles
    QByteArray content;  ///< JSON

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// PUT /_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}
struct RedactEvent {
    using Response = EventId; ///< of the redaction

    RoomId roomId;
    EventId eventId;
    TransactionId txnId; ///< the same on every retry
    QString reason = {}; ///< empty: none given

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
