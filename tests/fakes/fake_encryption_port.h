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
    Task<CryptoStatus> status() override
    {
        ++statusReads;
        return Task<CryptoStatus>::ready(state);
    }
    Task<QList<DeviceCard>> devices(const UserId &user) override
    {
        return Task<QList<DeviceCard>>::ready(deviceLists.value(user));
    }
    Task<void> makeIdentity(Secret, bool) override { return Task<void>::ready({}); }
    Task<Secret> setUpRecovery(Secret password, bool replace) override
    {
        lastPassword = password.view().toByteArray();
        setups += replace;
        auto result = setUpAnswer(lastPassword);
        if (!result)
            return answer<Secret>([error = result.error()] { return Result<Secret>(tl::unexpected(error)); });
        return answer<Secret>([this, key = *result] {
            state.crossSigning = state.secretStorage = state.verified = state.identityExists = true;
            state.backupVersion = QStringLiteral("1");
            state.backupTrusted = state.backupReadable = true;
            return Result<Secret>(Secret(key));
        });
    }
    Task<void> recoveryKeySeen() override
    {
        ++seen;
        return Task<void>::ready(seenAnswer);
    }
    Task<RecoveryResult> recover(Secret recoveryKey, Secret passphrase) override
    {
        typedKey = recoveryKey.view().toByteArray();
        typedPassphrase = passphrase.view().toByteArray();
        return answer<RecoveryResult>([this] {
            if (recoverAnswer && recoverAnswer->identity)
                state.verified = state.crossSigning = true;
            return recoverAnswer;
        });
    }
    Task<KeyCounts> restoreBackup() override
    {
        ++restores;
        return answer<KeyCounts>([this] { return keyAnswer; });
    }
    Task<KeyCounts> exportKeys(const QString &path, Secret passphrase) override
    {
        return file(exported, path, passphrase);
    }
    Task<KeyCounts> importKeys(const QString &path, Secret passphrase) override
    {
        return file(imported, path, passphrase);
    }
    void subscribeKeyProgress(const QObject *context, ValueSink<KeyProgress> sink) override
    {
        progress.subscribe(context, std::move(sink));
    }
    void cancelKeyWork() override
    {
        ++cancels;
        keyAnswer = fail(ErrorKind::Cancelled, QStringLiteral("PARVIS_CANCELLED"));
        release();
    }
    Task<PersonIdentity> identity(const UserId &user) override
    {
        asked += user;
        return Task<PersonIdentity>::ready(identities.value(user));
    }
    Task<void> acceptIdentity(const UserId &user) override
    {
        if (acceptAnswer) {
            accepted += user;
            identities[user].violated = identities[user].changed = identities[user].verified = false;
        }
        return Task<void>::ready(acceptAnswer);
    }
    Task<void> discardSession(const RoomId &) override { return Task<void>::ready({}); }
    void subscribeStatus(const QObject *context, ValueSink<CryptoStatus> sink) override
    {
        statusNews.subscribe(context, std::move(sink));
    }
    Task<void> renameDevice(const DeviceId &device, const QString &name) override
    {
        if (renameAnswer)
            renamed += device.toString() + QLatin1Char(' ') + name;
        return Task<void>::ready(renameAnswer);
    }
    Task<void> logOutDevices(const QList<DeviceId> &devices, Secret password) override
    {
        lastPassword = password.view().toByteArray();
        const auto result = logOutDecides(lastPassword);
        if (!result)
            return answer<void>([result] { return result; });
        return answer<void>([this, devices] {
            loggedOut += devices;
            for (auto &list : deviceLists)
                list.removeIf([&](const DeviceCard &one) { return devices.contains(one.deviceId); });
            return Result<void>();
        });
    }
    Task<RoomReaders> readers(const RoomId &room) override
    {
        ++readersReads;
        return Task<RoomReaders>::ready(roomReaders.value(room));
    }
    Task<void> setOnlyVerified(const RoomId &room, bool on) override
    {
        if (wishAnswer)
            roomReaders[room].onlyVerified = on;
        return Task<void>::ready(wishAnswer);
    }
    Task<void> setOnlyVerifiedEverywhere(bool on) override
    {
        if (wishAnswer) {
            state.onlyVerified = on;
            statusNews.set(state);
        }
        return Task<void>::ready(wishAnswer);
    }

    /// Answers what was asked while that was held.
    void release()
    {
        hold = false;
        for (const auto &one : std::exchange(m_held, {}))
            one();
    }

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
    QList<bool> setups; ///< with which word on replacing
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
    Task<KeyCounts> file(QStringList &paths, const QString &path, const Secret &passphrase)
    {
        paths += path;
        lastPassphrase = passphrase.view().toByteArray();
        return answer<KeyCounts>([this] { return keyAnswer; });
    }

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
