// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

namespace parvis {

/// The account that is open: who, how connected, how well kept. UI thread.
class AccountPort
{
public:
    virtual ~AccountPort() = default;

    virtual void subscribeSession(const QObject *context, ValueSink<SessionInfo> sink) = 0;
    virtual void subscribeConnection(const QObject *context, ValueSink<Connection> sink) = 0;
    virtual void subscribeStorage(const QObject *context, ValueSink<StorageState> sink) = 0;

    /// Answers once the loop runs (not: once it has caught up). Running already is no error.
    [[nodiscard]] virtual Task<void> startSync() = 0;
    /// Answers once nothing is in flight any more.
    [[nodiscard]] virtual Task<void> stopSync() = 0;
    /// Ends the waiting of a back-off: the person asks to try now.
    virtual void retryNow() = 0;
};

} // namespace parvis
