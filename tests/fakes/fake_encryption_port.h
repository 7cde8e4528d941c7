// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "client/encryption_port.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <vector>

namespace parvis {

/// Keys and devices against answers that a test sets. With hold, long work is answered by release() alone.
class FakeEncryptionPort : public EncryptionPort
{
public:
    Task<CryptoStatus> status() override;
    Task<QList<DeviceCard>> devices(const UserId &user) override;
    Task<void> makeIdentity(Secret, bool) override { return Task<void>::ready({}); }
    Task<Secret> setUpRecovery(Secret password, bool replace) override;
    Task<void> recoveryKeySeen() override;
    Task<RecoveryResult> recover(Secret recoveryKey, Secret passphrase, bool evenUnwanted) override;
    Task<KeyCounts> restoreBackup() override;
    Task<KeyCounts> exportKeys(const QString &path, Secret passphrase) override;
    Task<KeyCounts> importKeys(const QString &path, Secret passphrase) override;
    void subscribeKeyProgress(const QObject *context, ValueSink<KeyProgress> sink) override;
    void cancelKeyWork() override;
    Task<PersonIdentity> identity(const UserId &user) override;
    Task<void> acceptIdentity(const UserId &user) override;
    Task<void> discardSession(const RoomId &) override { return Task<void>::ready({}); }
    void subscribeStatus(const QObject *context, ValueSink<CryptoStatus> sink) override;
    Task<void> renameDevice(const DeviceId &device, const QString &name) override;
    Task<void> logOutDevices(const QList<DeviceId> &devices, Secret password) override;
    Task<RoomReaders> readers(const RoomId &room) override;
    Task<void> setOnlyVerified(const RoomId &room, bool on) override;
    Task<void> setOnlyVerifiedEverywhere(bool on) override;

    /// Answers what was asked while that was held.
    void release();

    /// A recovery key as the product shows one.
    static QByteArray sampleKey() { return "EsTx 7kQm ab3D Wz9p 4VnR uYcE 8tGh Lf2s XqJ5 mBv6 KdNw oPaZ"; }

    CryptoStatus state;
    ObservableValue<CryptoStatus> statusNews;
    QHash<RoomId, RoomReaders> roomReaders;
    QStringList renamed; ///< "DEVICE name"
    QList<DeviceId> loggedOut;
    std::function<Result<void>(const QByteArray &)> logOutDecides = [](const QByteArray &) {
        return Result<void>();
    };
    Result<void> renameAnswer;
    Result<void> wishAnswer; ///< to setOnlyVerified() and setOnlyVerifiedEverywhere()
    int readersReads = 0;
    QHash<UserId, QList<DeviceCard>> deviceLists;
    QHash<UserId, PersonIdentity> identities;
    std::function<Result<QByteArray>(const QByteArray &)> setUpAnswer = [](const QByteArray &) {
        return Result<QByteArray>(fail(ErrorKind::Usage, QStringLiteral("PARVIS_IDENTITY_EXISTS")));
    };
    Result<void> seenAnswer;
    Result<void> acceptAnswer;
    Result<RecoveryResult> recoverAnswer = RecoveryResult{true, true};
    Result<KeyCounts> keyAnswer = KeyCounts{3, 3};
    ObservableValue<KeyProgress> progress;
    QByteArray lastPassword;
    QByteArray lastPassphrase;
    QByteArray typedKey;
    QByteArray typedPassphrase;
    bool renewedUnwanted = false; ///< as recover() was last told
    QList<bool> setups;           ///< with which word on replacing
    QStringList exported;
    QStringList imported;
    QList<UserId> asked; ///< whose identities were
    QList<UserId> accepted;
    int statusReads = 0;
    int seen = 0;
    int restores = 0;
    int cancels = 0;
    bool hold = false;

private:
    Task<KeyCounts> file(QStringList &paths, const QString &path, const Secret &passphrase);

    template <typename T>
    Task<T> answer(std::function<Result<T>()> now)
    {
        if (!hold)
            return Task<T>::ready(now());
        const auto promise = std::make_shared<Promise<T>>();
        m_held.push_back([promise, now] { promise->resolve(now()); });
        return promise->task();
    }

    std::vector<std::function<void()>> m_held;
};

} // namespace parvis
