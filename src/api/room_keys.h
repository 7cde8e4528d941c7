// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

/// \file
/// The server-side key backup. The bodies are the crypto machine's: made and read there, carried here.
namespace parvis::api {

/// GET /_matrix/client/v3/room_keys/version. M_NOT_FOUND where there is no backup.
struct GetBackupVersion {
    using Response = QByteArray;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/room_keys/version. Makes another one each time.
struct CreateBackup {
    using Response = QString; ///< its version

    QByteArray body;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// PUT /_matrix/client/v3/room_keys/keys. Idempotent: the server keeps the better one of two keys.
struct PutBackupKeys {
    using Response = QByteArray;

    QString version;
    QByteArray body;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v3/room_keys/keys, of one session where one is named.
struct GetBackupKeys {
    using Response = QByteArray;

    QString version;
    RoomId room = {};
    SessionId session = {};
    qint64 maxBytes = HttpRequest::defaultMaxReplyBytes;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
