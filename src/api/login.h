// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

namespace parvis::api {

/// GET /_matrix/client/v3/login
struct LoginFlows {
    struct Response {
        bool password = false;
        bool sso = false;
        bool token = false;
        bool oauth = false; ///< the server says that its SSO stands for OAuth

        bool operator==(const Response &) const = default;
    };

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// The tokens of an answer; wiped with it.
struct TokenAnswer {
    std::shared_ptr<const Secret> access;
    std::shared_ptr<const Secret> refresh; ///< null: none was given
    qint64 expiresInMs = 0;                ///< 0: not said
};

/// POST /_matrix/client/v3/login with m.login.password
struct LoginWithPassword {
    struct Response {
        UserId userId;
        DeviceId deviceId;
        TokenAnswer tokens;
        QString baseUrl; ///< from the answer's well_known; empty: none
    };

    QString user; ///< a Matrix id, or the part before its colon
    std::shared_ptr<const Secret> password;
    DeviceId deviceId = {}; ///< empty: the server makes a new device
    QString deviceName = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/refresh
struct RefreshToken {
    using Response = TokenAnswer; ///< without a refresh token the old one stays good

    std::shared_ptr<const Secret> refreshToken;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/logout, or /logout/all
struct Logout {
    using Response = void;

    bool everywhere = false;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v3/account/whoami
struct WhoAmI {
    struct Response {
        UserId userId;
        DeviceId deviceId; ///< empty: the token belongs to no device
    };

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
