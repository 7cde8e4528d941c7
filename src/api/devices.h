// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"
#include "base/ids.h"

#include <QList>

namespace parvis::api {

/// GET /_matrix/client/v3/devices: our own
struct GetDevices {
    struct Device {
        DeviceId deviceId;
        QString name;
        qint64 lastSeenMs = 0; ///< 0: unknown
    };
    using Response = QList<Device>;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// PUT /_matrix/client/v3/devices/{deviceId}
struct RenameDevice {
    using Response = void;

    DeviceId deviceId;
    QString name;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/client/v3/delete_devices. The server may ask who we are first (401 with stages).
struct DeleteDevices {
    using Response = void;

    QByteArray body; ///< of(), with `auth` where it asked

    [[nodiscard]] static QByteArray of(const QList<DeviceId> &devices);
    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
