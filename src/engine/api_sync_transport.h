// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "sync/sync_transport.h"

namespace parvis {

/// The requests of synchronising over the account's ApiClient. Core thread.
class ApiSyncTransport final : public QObject, public SyncTransport
{
public:
    explicit ApiSyncTransport(ApiClient &api) : m_api(api) {}

    [[nodiscard]] Task<bool> hasSliding() override;
    [[nodiscard]] Task<QByteArray> sliding(const QString &pos, int timeoutMs, const QByteArray &body,
                                           const CancelToken &cancel) override;
    [[nodiscard]] Task<QByteArray> classic(const QString &since, int timeoutMs, const QString &filter,
                                           const CancelToken &cancel) override;

private:
    ApiClient &m_api;
};

} // namespace parvis
