// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

namespace parvis::api {

/// GET /_matrix/client/v3/profile/{userId}
struct GetProfile {
    struct Response {
        QString displayName; ///< empty: none
        QString avatarUrl;   ///< mxc; empty: none
    };

    UserId userId;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// PUT /_matrix/client/v3/profile/{userId}/displayname
struct SetDisplayName {
    using Response = void;

    UserId userId;
    QString displayName;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
