// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/encryption_bridge.h"

#include "base/raw_object.h"
#include "engine/bulk_keys.h"
#include "engine/device_cards.h"
#include "engine/engine_follow.h"
#include "engine/identity_setup.h"
#include "engine/recovery_run.h"
#include "engine/recovery_unlock.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// The account has a storage that a recovery key opens: as synchronised, or as just set up here.
Result<bool> hasStorage(Engine &engine)
{
    const auto synced = engine.cache().rooms().accountData(u"m.secret_storage.default_key"_s);
    if (!synced)
        return tl::unexpected(synced.error());
    if (const auto event = RawObject::parse(*synced))
        return !crypto::defaultStorageKey(event->raw(u"content"_s)).isEmpty();
    return engine.machine().recovery().knownStorageKey().map([](const QString &id) { return !id.isEmpty(); });
}

Result<CryptoStatus> cryptoStatus(Engine &engine)
{
    CryptoStatus status;
    const auto backup = engine.machine().recovery().backup();
    if (!backup)
        return tl::unexpected(backup.error());
    status.backupVersion = backup->version;
    status.backupTrusted = backup->ours;
    status.backupReadable = backup->ours && backup->holdsKey;
    status.backupLost = backup->lost;
    status.keysToBackUp = int(backup->toBackUp);
    const auto storage = hasStorage(engine);
    if (!storage)
        return tl::unexpected(storage.error());
    status.secretStorage = *storage;
    const auto conflict = engine.machine().identityConflict();
    if (!conflict)
        return tl::unexpected(conflict.error());
    status.identityConflict = *conflict;
    const auto own = engine.machine().ownIdentity();
    if (!own)
        return tl::unexpected(own.error());
    status.crossSigning = own->verified && own->holdsMaster && own->holdsSelfSigning && own->holdsUserSigning;
    status.verified = own->verified && own->thisDeviceSigned;
    status.identityExists = own->exists;
    status.identityChanged = own->changed;
    const auto account = engine.cryptoStore().account();
    if (!account)
        return tl::unexpected(account.error());
    if (*account)
        status.oneTimeKeys = (*account)->serverOneTimeKeys;
    return status;
}

} // namespace

EncryptionBridge::EncryptionBridge(CoreLink link)
    : m_link(link), m_progress(link.executor, [core = link.core](QObject *owner) {
          auto *followed = new EngineValue<KeyProgress>(
              *core, [](Engine &engine) -> ObservableValue<KeyProgress> & { return engine.keyProgress(); },
              {}, owner);
          return &followed->value();
      })
{
}

Task<CryptoStatus> EncryptionBridge::status()
{
    return m_link.askEngine(this, [](Engine &engine) { return cryptoStatus(engine); });
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
    return m_link.askEngine(this,
                            [](Engine &engine) { return engine.machine().recovery().recoveryKeySeen(); });
}

Task<RecoveryResult> EncryptionBridge::recover(Secret recoveryKey, Secret passphrase)
{
    auto typed = std::make_shared<crypto::TypedRecovery>();
    typed->recoveryKey = std::move(recoveryKey);
    typed->passphrase = std::move(passphrase);
    return m_link.askEngine(this, [typed](Engine &engine) {
        return RecoveryUnlock::run(engine, std::move(*typed))
            .andThen(&engine, [](const crypto::RecoveryOutcome &outcome) {
                return Result<RecoveryResult>(RecoveryResult{outcome.identity, outcome.backup});
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
            return engine.machine().identity(user).map([](const crypto::IdentityView &view) {
                return PersonIdentity{.known = view.known,
                                      .verified = view.verified,
                                      .violated = view.violated,
                                      .changed = view.changed};
            });
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

Task<void> EncryptionBridge::discardSession(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return engine.machine().discardSession(room); });
}

} // namespace parvis
