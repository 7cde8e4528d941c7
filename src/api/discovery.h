// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>
#include <QStringList>

namespace parvis::api {

/// GET https://{serverName}/.well-known/matrix/client
struct WellKnown {
    /// Empty: the file does not name a homeserver.
    struct Response {
        QString baseUrl;
        QJsonObject all; ///< other clients' and organisations' entries
    };

    QString serverName; ///< host, with a port if there is one

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/versions
struct Versions {
    struct Response {
        QStringList versions;
        QSet<QString> unstable; ///< those that are true

        [[nodiscard]] bool slidingSync() const;
    };

    bool authenticated = false; ///< with the token: some features are switched on for one user alone

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v3/capabilities
struct Capabilities {
    using Response = QJsonObject; ///< what stands in "capabilities"

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
