// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/account_port.h"
#include "engine/core_link.h"
#include "engine/value_bridge.h"

namespace parvis {

/// AccountPort over the core. UI thread.
class AccountBridge final : public QObject, public AccountPort
{
public:
    explicit AccountBridge(CoreLink link);

    void subscribeSession(const QObject *context, ValueSink<SessionInfo> sink) override;
    void subscribeConnection(const QObject *context, ValueSink<Connection> sink) override;
    void subscribeStorage(const QObject *context, ValueSink<StorageState> sink) override;
    [[nodiscard]] Task<void> startSync() override;
    [[nodiscard]] Task<void> stopSync() override;
    void retryNow() override;

private:
    CoreLink m_link;
    ValueBridge<SessionInfo> m_session;
    ValueBridge<Connection> m_connection;
    ValueBridge<StorageState> m_storage;
};

} // namespace parvis
