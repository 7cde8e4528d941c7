// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "client/account_port.h"

namespace parvis {

/// The account as a test sets it.
class FakeAccountPort : public AccountPort
{
public:
    void subscribeSession(const QObject *context, ValueSink<SessionInfo> sink) override;
    void subscribeConnection(const QObject *context, ValueSink<Connection> sink) override;
    void subscribeStorage(const QObject *context, ValueSink<StorageState> sink) override;
    Task<void> startSync() override;
    Task<void> stopSync() override { return Task<void>::ready({}); }
    void retryNow() override { ++retries; }

    ObservableValue<SessionInfo> session;
    ObservableValue<Connection> connection;
    ObservableValue<StorageState> storage{StorageState::Good};
    int starts = 0;
    int retries = 0;
};

} // namespace parvis
