// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/verification_port.h"
#include "engine/core_link.h"
#include "engine/value_bridge.h"
#include "engine/verification_desk.h"

namespace parvis {

/// VerificationPort over the core. UI thread.
class VerificationBridge final : public QObject, public VerificationPort
{
public:
    explicit VerificationBridge(CoreLink link);

    void subscribe(const QObject *context, ValueSink<QList<VerificationInfo>> sink) override;
    [[nodiscard]] Task<QString> request(const UserId &user, const DeviceId &device,
                                        const RoomId &room) override;
    [[nodiscard]] Task<void> accept(const QString &txn) override;
    [[nodiscard]] Task<void> startSas(const QString &txn) override;
    [[nodiscard]] Task<void> confirm(const QString &txn) override;
    [[nodiscard]] Task<void> mismatch(const QString &txn) override;
    [[nodiscard]] Task<void> cancel(const QString &txn) override;
    [[nodiscard]] Task<QByteArray> qr(const QString &txn) override;
    [[nodiscard]] Task<void> scan(const QString &txn, const QByteArray &bytes) override;

private:
    [[nodiscard]] Task<void> act(VerificationDesk::Call call, const QString &txn);

    CoreLink m_link;
    ValueBridge<QList<VerificationInfo>> m_all;
};

} // namespace parvis
