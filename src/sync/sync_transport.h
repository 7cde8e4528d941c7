// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "net/cancel.h"

#include <QByteArray>
#include <QString>

namespace parvis {

/// The three requests of synchronising; a fake stands in for the server. Core thread.
class SyncTransport
{
public:
    virtual ~SyncTransport() = default;
    /// Asked with the token: the feature can be on for one user alone.
    [[nodiscard]] virtual Task<bool> hasSliding() = 0;
    [[nodiscard]] virtual Task<QByteArray> sliding(const QString &pos, int timeoutMs, const QByteArray &body,
                                                   const CancelToken &cancel) = 0;
    [[nodiscard]] virtual Task<QByteArray> classic(const QString &since, int timeoutMs, const QString &filter,
                                                   const CancelToken &cancel) = 0;
};

} // namespace parvis
