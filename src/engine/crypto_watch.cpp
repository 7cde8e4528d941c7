// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/crypto_watch.h"

#include "base/raw_object.h"
#include "crypto/recovery_setup.h"
#include "engine/engine.h"
#include "engine/recovery_data.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// A sync and the answers that follow it come close together.
constexpr int noticeSoonMs = 100;
constexpr int noticeLateMs = 10'000;
constexpr qint64 putBackToldMs = 14LL * 24 * 3600 * 1000;

/// The content of a type of the account's data, as synchronised; empty: it was never set.
Result<QByteArray> syncedContent(Engine &engine, const QString &type)
{
    return engine.cache().rooms().accountData(type).map([](const QByteArray &event) {
        const auto object = RawObject::parse(event);
        return object ? object->raw(u"content"_s) : QByteArray();
    });
}

/// The account has a storage that a recovery key opens: as synchronised, or as just set up here.
Result<bool> hasStorage(Engine &engine)
{
    const auto synced = syncedContent(engine, u"m.secret_storage.default_key"_s);
    if (!synced)
        return tl::unexpected(synced.error());
    if (!synced->isEmpty())
        return !crypto::defaultStorageKey(*synced).isEmpty();
    return engine.machine().recovery().knownStorageKey().map([](const QString &id) { return !id.isEmpty(); });
}

Result<void> readBackup(Engine &engine, CryptoStatus &status)
{
    const auto backup = engine.machine().recovery().backup();
    if (!backup)
        return tl::unexpected(backup.error());
    status.backupVersion = backup->version;
    status.backupTrusted = backup->ours;
    status.backupReadable = backup->ours && backup->holdsKey;
    status.backupLost = backup->lost;
    status.keysToBackUp = int(backup->toBackUp);
    status.backupKeyOwed = backup->keyOwed;
    // As far as the backup goes.
    status.backupRenewable = backup->checked && (!backup->exists || backup->keyOwed);
    const auto wish = syncedContent(engine, u"m.key_backup"_s);
    if (!wish)
        return tl::unexpected(wish.error());
    status.backupUnwanted = crypto::isBackupUnwanted(*wish);
    return {};
}

Result<void> readIdentity(Engine &engine, CryptoStatus &status)
{
    const auto conflict = engine.machine().identityConflict();
    const auto own = engine.machine().ownIdentity();
    const auto devices = engine.machine().deviceViews(engine.user());
    if (!conflict)
        return tl::unexpected(conflict.error());
    if (!own)
        return tl::unexpected(own.error());
    if (!devices)
        return tl::unexpected(devices.error());
    status.identityConflict = *conflict;
    status.crossSigning = own->verified && own->holdsMaster && own->holdsSelfSigning && own->holdsUserSigning;
    status.backupRenewable = status.backupRenewable && own->isWhole();
    status.verified = own->verified && own->thisDeviceSigned;
    status.identityExists = own->exists;
    status.identityChanged = own->changed;
    status.canVerify = std::any_of(devices->cbegin(), devices->cend(), [&](const crypto::DeviceView &view) {
        return view.device.device != engine.device() && !view.device.dehydrated
            && view.trust >= crypto::DeviceTrust::Signed;
    });
    return {};
}

} // namespace

Result<CryptoStatus> cryptoStatus(Engine &engine)
{
    CryptoStatus status;
    if (auto read = readBackup(engine, status); !read)
        return tl::unexpected(read.error());
    if (auto read = readIdentity(engine, status); !read)
        return tl::unexpected(read.error());
    const auto storage = hasStorage(engine);
    const auto begun = engine.machine().recovery().begunStorage();
    const auto account = engine.cryptoStore().account();
    if (!storage)
        return tl::unexpected(storage.error());
    if (!begun)
        return tl::unexpected(begun.error());
    if (!account)
        return tl::unexpected(account.error());
    status.secretStorage = *storage;
    status.backupRenewable = status.backupRenewable && *storage;
    status.recoveryKeyUnseen = !begun->isEmpty();
    if (*account) {
        status.oneTimeKeys = (*account)->serverOneTimeKeys;
        const qint64 putBackMs = (*account)->putBackMs;
        status.putBack = putBackMs > 0 && engine.clock().nowMs() - putBackMs < putBackToldMs;
    }
    status.policyRule = engine.policyRule();
    status.onlyVerified = engine.onlyVerifiedEverywhere();
    return status;
}

CryptoWatch::CryptoWatch(Engine &engine) : m_engine(engine)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(noticeSoonMs);
    connect(&m_soon, &QTimer::timeout, this, &CryptoWatch::look);
    connect(&engine.pump(), &OutgoingPump::progressed, this, &CryptoWatch::lookAgain);
    connect(&engine, &Engine::trustChanged, this, &CryptoWatch::lookAgain);
    connect(&engine.sync(), &SyncLoop::synced, this, &CryptoWatch::lookAgain);
    engine.cache().subscribe(this, [this](const AppliedChanges &changes) {
        if (!changes.accountData.isEmpty())
            lookAgain();
    });
    if (auto now = cryptoStatus(engine))
        m_status.set(*std::move(now));
}

void CryptoWatch::lookAgain()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void CryptoWatch::look()
{
    QElapsedTimer began;
    began.start();
    auto now = cryptoStatus(m_engine);
    // With many keys waiting for the backup it takes long to count them: no more than a tenth of the time.
    m_soon.setInterval(std::clamp(int(10 * began.elapsed()), noticeSoonMs, noticeLateMs));
    if (!now)
        return; // whoever asks for it hears why
    const bool opened = now->backupReadable && !m_status.get().backupReadable;
    m_status.set(*std::move(now));
    // However the backup's key came: what waits for keys can have them now.
    if (opened && m_engine.isStarted())
        fetchMissingKeys(m_engine);
}

} // namespace parvis
