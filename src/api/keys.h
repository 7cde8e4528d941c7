// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

/// \file
/// The bodies are the crypto machine's: made and read there, carried here.
namespace parvis::api {

/// POST /_matrix/client/v3/keys/upload
struct UploadKeys {
    using Response = QByteArray;

    QByteArray body;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/keys/query. Idempotent in effect: it only reads.
struct QueryKeys {
    using Response = QByteArray;

    QByteArray body;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/keys/claim. Uses up a key with each call: never repeated blindly.
struct ClaimKeys {
    using Response = QByteArray;

    QByteArray body;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/keys/signatures/upload. Idempotent: a signature that is there stays there.
struct UploadSignatures {
    using Response = QByteArray; ///< may hold `failures`

    QByteArray body;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/keys/device_signing/upload. The server may ask who we are first (401 with stages).
struct UploadIdentity {
    using Response = void;

    QByteArray body; ///< with `auth` where it asked

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v3/keys/changes
struct KeyChanges {
    struct Response {
        QList<UserId> changed;
        QList<UserId> left;
    };

    QString from; ///< sync tokens
    QString to;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// PUT /_matrix/client/v3/sendToDevice/{eventType}/{txnId}
struct SendToDevice {
    using Response = void;

    QString eventType;
    TransactionId txnId; ///< the same on every retry, with the same body
    QByteArray body;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
