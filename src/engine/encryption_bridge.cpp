// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/encryption_bridge.h"

#include "engine/bulk_keys.h"
#include "engine/client_trust.h"
#include "engine/crypto_watch.h"
#include "engine/device_actions.h"
#include "engine/device_cards.h"
#include "engine/engine_follow.h"
#include "engine/identity_setup.h"
#include "engine/recovery_run.h"
#include "engine/recovery_unlock.h"
#include "engine/room_readers.h"

namespace parvis {

EncryptionBridge::EncryptionBridge(CoreLink link)
    : m_link(link),
      m_progress(
          link.executor,
          [core = link.core](QObject *owner) {
              auto *followed = new EngineValue<KeyProgress>(
                  *core,
                  [](Engine &engine) -> ObservableValue<KeyProgress> & { return engine.keyProgress(); }, {},
                  owner);
              return &followed->value();
          }),
      m_status(link.executor, [core = link.core](QObject *owner) {
          auto *followed = new EngineValue<CryptoStatus>(
              *core, [](Engine &engine) -> ObservableValue<CryptoStatus> & { return engine.cryptoStatus(); },
              {}, owner);
          return &followed->value();
      })
{
}

Task<CryptoStatus> EncryptionBridge::status()
{
    return m_link.askEngine(this, [](Engine &engine) { return cryptoStatus(engine); });
}

void EncryptionBridge::subscribeStatus(const QObject *context, ValueSink<CryptoStatus> sink)
{
    m_status.value().subscribe(context, std::move(sink));
}

Task<void> EncryptionBridge::renameDevice(const DeviceId &device, const QString &name)
{
    return m_link.askEngine(
        this, [device, name](Engine &engine) { return parvis::renameDevice(engine, device, name); });
}

Task<void> EncryptionBridge::logOutDevices(const QList<DeviceId> &devices, Secret password)
{
    auto shared = std::make_shared<Secret>(std::move(password));
    return m_link.askEngine(this, [devices, shared](Engine &engine) {
        return parvis::logOutDevices(engine, devices, std::move(*shared));
    });
}

Task<QList<DeviceCard>> EncryptionBridge::devices(const UserId &user)
{
    return m_link.askEngine(this, [user](Engine &engine) { return deviceCards(engine, user); });
}

Task<void> EncryptionBridge::makeIdentity(Secret password, bool replace)
{
    auto shared = std::make_shared<Secret>(std::move(password));
    return m_link.askEngine(this, [shared, replace](Engine &engine) {
        return IdentitySetup::run(engine, std::move(*shared), replace);
    });
}

Task<Secret> EncryptionBridge::setUpRecovery(Secret password, bool replace)
{
    auto shared = std::make_shared<Secret>(std::move(password));
    return m_link.askEngine(this, [shared, replace](Engine &engine) {
        return RecoveryRun::run(engine, std::move(*shared), replace);
    });
}

Task<void> EncryptionBridge::recoveryKeySeen()
{
    return m_link.askEngine(this, [](Engine &engine) {
        engine.lookAtCryptoAgain();
        return engine.machine().recovery().recoveryKeySeen();
    });
}

Task<RecoveryResult> EncryptionBridge::recover(Secret recoveryKey, Secret passphrase, bool evenUnwanted)
{
    auto typed = std::make_shared<crypto::TypedRecovery>();
    typed->recoveryKey = std::move(recoveryKey);
    typed->passphrase = std::move(passphrase);
    return m_link.askEngine(this, [typed, evenUnwanted](Engine &engine) {
        return RecoveryUnlock::run(engine, std::move(*typed), evenUnwanted)
            .andThen(&engine, [](const crypto::RecoveryOutcome &outcome) {
                return Result<RecoveryResult>(
                    RecoveryResult{outcome.identity, outcome.backup, outcome.renewed});
            });
    });
}

Task<KeyCounts> EncryptionBridge::restoreBackup()
{
    return m_link.askEngine(this, [](Engine &engine) { return BulkKeys::restoreBackup(engine); });
}

Task<KeyCounts> EncryptionBridge::exportKeys(const QString &path, Secret passphrase)
{
    auto shared = std::make_shared<Secret>(std::move(passphrase));
    return m_link.askEngine(this, [path, shared](Engine &engine) {
        return BulkKeys::exportFile(engine, path, std::move(*shared));
    });
}

Task<KeyCounts> EncryptionBridge::importKeys(const QString &path, Secret passphrase)
{
    auto shared = std::make_shared<Secret>(std::move(passphrase));
    return m_link.askEngine(this, [path, shared](Engine &engine) {
        return BulkKeys::importFile(engine, path, std::move(*shared));
    });
}

void EncryptionBridge::subscribeKeyProgress(const QObject *context, ValueSink<KeyProgress> sink)
{
    m_progress.value().subscribe(context, std::move(sink));
}

void EncryptionBridge::cancelKeyWork()
{
    m_link
        .askEngine(this,
                   [](Engine &engine) {
                       BulkKeys::cancel(engine);
                       return Result<void>();
                   })
        .then(this, [](const Result<void> &) {});
}

Task<PersonIdentity> EncryptionBridge::identity(const UserId &user)
{
    return m_link.askEngine(this, [user](Engine &engine) {
        return deviceCards(engine, user).andThen(&engine, [&engine, user](const QList<DeviceCard> &) {
            return engine.machine().identity(user).map(
                [](const crypto::IdentityView &view) { return toClient(view); });
        });
    });
}

Task<void> EncryptionBridge::acceptIdentity(const UserId &user)
{
    return m_link.askEngine(this, [user](Engine &engine) {
        auto done = engine.machine().acceptIdentity(user);
        if (done)
            Q_EMIT engine.trustChanged({user});
        return done;
    });
}

Task<RoomReaders> EncryptionBridge::readers(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return roomReaders(engine, room); });
}

Task<void> EncryptionBridge::setOnlyVerified(const RoomId &room, bool on)
{
    return m_link.askEngine(this, [room, on](Engine &engine) { return engine.setOnlyVerified(room, on); });
}

Task<void> EncryptionBridge::setOnlyVerifiedEverywhere(bool on)
{
    return m_link.askEngine(this, [on](Engine &engine) { return engine.setOnlyVerifiedEverywhere(on); });
}

Task<void> EncryptionBridge::discardSession(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return engine.machine().discardSession(room); });
}

} // namespace parvis
