// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "engine/core_link.h"
#include "engine/value_bridge.h"

namespace parvis {

/// EncryptionPort over the core. UI thread.
class EncryptionBridge final : public QObject, public EncryptionPort
{
public:
    explicit EncryptionBridge(CoreLink link);

    [[nodiscard]] Task<CryptoStatus> status() override;
    void subscribeStatus(const QObject *context, ValueSink<CryptoStatus> sink) override;
    [[nodiscard]] Task<QList<DeviceCard>> devices(const UserId &user) override;
    [[nodiscard]] Task<void> renameDevice(const DeviceId &device, const QString &name) override;
    [[nodiscard]] Task<void> logOutDevices(const QList<DeviceId> &devices, Secret password) override;
    [[nodiscard]] Task<void> makeIdentity(Secret password, bool replace) override;
    [[nodiscard]] Task<Secret> setUpRecovery(Secret password, bool replace) override;
    [[nodiscard]] Task<void> recoveryKeySeen() override;
    [[nodiscard]] Task<RecoveryResult> recover(Secret recoveryKey, Secret passphrase,
                                               bool evenUnwanted) override;
    [[nodiscard]] Task<KeyCounts> restoreBackup() override;
    [[nodiscard]] Task<KeyCounts> exportKeys(const QString &path, Secret passphrase) override;
    [[nodiscard]] Task<KeyCounts> importKeys(const QString &path, Secret passphrase) override;
    void subscribeKeyProgress(const QObject *context, ValueSink<KeyProgress> sink) override;
    void cancelKeyWork() override;
    [[nodiscard]] Task<PersonIdentity> identity(const UserId &user) override;
    [[nodiscard]] Task<void> acceptIdentity(const UserId &user) override;
    [[nodiscard]] Task<RoomReaders> readers(const RoomId &room) override;
    [[nodiscard]] Task<void> setOnlyVerified(const RoomId &room, bool on) override;
    [[nodiscard]] Task<void> setOnlyVerifiedEverywhere(bool on) override;
    [[nodiscard]] Task<void> discardSession(const RoomId &room) override;

private:
    CoreLink m_link;
    ValueBridge<KeyProgress> m_progress;
    ValueBridge<CryptoStatus> m_status;
};

} // namespace parvis
