// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_encryption_port.h"

namespace parvis {

Task<CryptoStatus> FakeEncryptionPort::status()
{
    ++statusReads;
    return Task<CryptoStatus>::ready(state);
}

Task<QList<DeviceCard>> FakeEncryptionPort::devices(const UserId &user)
{
    return Task<QList<DeviceCard>>::ready(deviceLists.value(user));
}

Task<Secret> FakeEncryptionPort::setUpRecovery(Secret password, bool replace)
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

Task<void> FakeEncryptionPort::recoveryKeySeen()
{
    ++seen;
    return Task<void>::ready(seenAnswer);
}

Task<RecoveryResult> FakeEncryptionPort::recover(Secret recoveryKey, Secret passphrase, bool evenUnwanted)
{
    renewedUnwanted = evenUnwanted;
    typedKey = recoveryKey.view().toByteArray();
    typedPassphrase = passphrase.view().toByteArray();
    return answer<RecoveryResult>([this] {
        if (recoverAnswer && recoverAnswer->identity)
            state.verified = state.crossSigning = true;
        if (recoverAnswer && recoverAnswer->backup)
            state.backupTrusted = state.backupReadable = true;
        if (recoverAnswer && recoverAnswer->renewed) {
            state.backupLost = state.backupRenewable = state.backupUnwanted = false;
            state.backupTrusted = state.backupReadable = true;
            state.backupVersion = QStringLiteral("2");
        }
        return recoverAnswer;
    });
}

Task<KeyCounts> FakeEncryptionPort::restoreBackup()
{
    ++restores;
    return answer<KeyCounts>([this] { return keyAnswer; });
}

Task<KeyCounts> FakeEncryptionPort::exportKeys(const QString &path, Secret passphrase)
{
    return file(exported, path, passphrase);
}

Task<KeyCounts> FakeEncryptionPort::importKeys(const QString &path, Secret passphrase)
{
    return file(imported, path, passphrase);
}

void FakeEncryptionPort::subscribeKeyProgress(const QObject *context, ValueSink<KeyProgress> sink)
{
    progress.subscribe(context, std::move(sink));
}

void FakeEncryptionPort::cancelKeyWork()
{
    ++cancels;
    keyAnswer = fail(ErrorKind::Cancelled, QStringLiteral("PARVIS_CANCELLED"));
    release();
}

Task<PersonIdentity> FakeEncryptionPort::identity(const UserId &user)
{
    asked += user;
    return Task<PersonIdentity>::ready(identities.value(user));
}

Task<void> FakeEncryptionPort::acceptIdentity(const UserId &user)
{
    if (acceptAnswer) {
        accepted += user;
        identities[user].violated = identities[user].changed = identities[user].verified = false;
    }
    return Task<void>::ready(acceptAnswer);
}

void FakeEncryptionPort::subscribeStatus(const QObject *context, ValueSink<CryptoStatus> sink)
{
    statusNews.subscribe(context, std::move(sink));
}

Task<void> FakeEncryptionPort::renameDevice(const DeviceId &device, const QString &name)
{
    if (renameAnswer)
        renamed += device.toString() + QLatin1Char(' ') + name;
    return Task<void>::ready(renameAnswer);
}

Task<void> FakeEncryptionPort::logOutDevices(const QList<DeviceId> &devices, Secret password)
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

Task<RoomReaders> FakeEncryptionPort::readers(const RoomId &room)
{
    ++readersReads;
    return Task<RoomReaders>::ready(roomReaders.value(room));
}

Task<void> FakeEncryptionPort::setOnlyVerified(const RoomId &room, bool on)
{
    if (wishAnswer)
        roomReaders[room].onlyVerified = on;
    return Task<void>::ready(wishAnswer);
}

Task<void> FakeEncryptionPort::setOnlyVerifiedEverywhere(bool on)
{
    if (wishAnswer) {
        state.onlyVerified = on;
        statusNews.set(state);
    }
    return Task<void>::ready(wishAnswer);
}

void FakeEncryptionPort::release()
{
    hold = false;
    for (const auto &one : std::exchange(m_held, {}))
        one();
}

Task<KeyCounts> FakeEncryptionPort::file(QStringList &paths, const QString &path, const Secret &passphrase)
{
    paths += path;
    lastPassphrase = passphrase.view().toByteArray();
    return answer<KeyCounts>([this] { return keyAnswer; });
}

} // namespace parvis
