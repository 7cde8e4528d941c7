// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

namespace parvis::api {

/// The largest answer to a synchronisation that is read at all.
inline constexpr qint64 maxSyncBytes = qint64(512) << 20;

/// GET /_matrix/client/v3/sync. The body is left as it is: it can have 100 MB.
struct SyncV3 {
    using Response = QByteArray;

    QString since = {};  ///< empty: from the beginning
    QString filter = {}; ///< an id from UploadFilter, or inline JSON
    int timeoutMs = 0;   ///< how long the server may wait
    bool fullState = false;
    QString presence = {};      ///< "offline", "unavailable"; empty: online
    bool useStateAfter = false; ///< also under its unstable name

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/unstable/org.matrix.simplified_msc3575/sync
struct SlidingSync {
    using Response = QByteArray;

    QString pos = {}; ///< empty: a new connection
    int timeoutMs = 0;
    QByteArray body; ///< conn_id, lists, room_subscriptions, extensions

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/user/{userId}/filter
struct UploadFilter {
    using Response = QString; ///< the filter's id

    UserId userId;
    QByteArray filter; ///< JSON

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
