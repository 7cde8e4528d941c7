// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"
#include "crypto/backup_encryption.h"
#include "crypto/backup_versions_p.h"
#include "crypto/cross_signing_p.h"
#include "crypto/identity_trust_p.h"
#include "crypto/new_identity_p.h"
#include "crypto/primitives.h"
#include "crypto/secrets_p.h"
#include "crypto/signing.h"
#include "crypto/sizes_p.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr auto backupAlgorithm = "m.megolm_backup.v1.curve25519-aes-sha2"_L1;
constexpr qsizetype maxVersion = 255;

/// Where the private key lies.
QString keyName()
{
    return QString::fromLatin1(BackupVersions::secretName);
}

/// Where it lies while the server has no backup with it.
QString newKeyName()
{
    return u"new:"_s + keyName();
}

/// Where one waits that another device gave, and that is of no backup which the server has shown (yet).
QString inboxName()
{
    return u"inbox:"_s + keyName();
}

/// There while the secret storage does not have the key of a backup that was renewed.
QString owedName()
{
    return u"owed:m.megolm_backup.v1"_s;
}

bool isPrivateKeyOf(const Secret &key, const Curve25519Key &publicKey)
{
    const auto own = key.isEmpty() ? Result<Curve25519Key>() : backupPublicKey(key);
    return own && !own->isEmpty() && *own == publicKey;
}

/// Signed by our identity, where this device knows that it is ours; by a verified device of ours only where
/// we have no identity. The signature of a device lasts for ever: after a reset it would call a backup ours
/// that was given up, with a private key that somebody else may have.
bool isSignedByUs(CryptoStep &step, const QByteArray &authData)
{
    const UserId user = step.own().user;
    if (const auto identity = step.identities.find(user); identity && !identity->master.key.isEmpty())
        return ownIdentityVerified(step)
            && verifySigned(authData, user, identity->master.key.toString(), identity->master.key);
    const auto devices = step.devices.of(user);
    return std::any_of(devices.cbegin(), devices.cend(), [&](const DeviceRecord &device) {
        return deviceTrust(step, device) == DeviceTrust::Verified
            && verifySigned(authData, user, device.device.toString(), device.signingKey);
    });
}

} // namespace

void BackupVersions::check()
{
    m_wanted = true;
    m_query.reset();
    m_known = false; // what was seen last stays, for a key that comes just now
}

void BackupVersions::checkAgain()
{
    if (m_known)
        check();
}

std::optional<BackupVersions::Seen> BackupVersions::parse(const QByteArray &body)
{
    const auto object = body.size() > maxObjectBytes
        ? Result<RawObject>(fail(ErrorKind::TooLarge, u"PARVIS_BAD_JSON"_s))
        : RawObject::parse(body);
    if (!object || object->text(u"algorithm"_s) != backupAlgorithm)
        return {};
    Seen seen{.version = object->text(u"version"_s),
              .key = Curve25519Key(object->object(u"auth_data"_s).text(u"public_key"_s)),
              .authData = object->raw(u"auth_data"_s)};
    if (seen.version.isEmpty() || seen.version.size() > maxVersion || !isSafeKey(seen.key))
        return {};
    return seen;
}

Result<void> BackupVersions::seen(CryptoStep &step, const std::optional<QByteArray> &body)
{
    m_wanted = false;
    m_query.reset();
    m_known = true;
    m_exists = body.has_value();
    m_seen = body ? parse(*body) : std::nullopt;
    m_judgedAt.reset();
    if (m_seen) {
        if (auto done = settle(step, m_seen->key); !done)
            return done;
    }
    judge(step);
    remember(step);
    return {};
}

Result<void> BackupVersions::oweKey(CryptoStep &step, bool owed)
{
    return writeSecret(step, owedName(), owed ? Secret(QByteArrayView("1")) : Secret());
}

Result<void> BackupVersions::forgetKey(CryptoStep &step)
{
    step.somethingChanged();
    return writeSecret(step, keyName(), {})
        .and_then([&] { return writeSecret(step, inboxName(), {}); })
        .and_then([&] { return oweKey(step, false); });
}

Result<void> BackupVersions::settle(CryptoStep &step, const Curve25519Key &shown)
{
    for (const QString &name : {newKeyName(), inboxName()}) {
        const Secret fresh = readSecret(step, name);
        if (!isPrivateKeyOf(fresh, shown) || (name == inboxName() && !isSignedByUs(step, m_seen->authData)))
            continue;
        const bool given = name == inboxName();
        m_opened = m_opened || given;
        return writeSecret(step, keyName(), fresh)
            .and_then([&] { return writeSecret(step, name, {}); })
            // Another of our devices made this backup, and has what opens it.
            .and_then([&] { return given ? oweKey(step, false) : Result<void>(); });
    }
    return {};
}

void BackupVersions::judge(CryptoStep &step)
{
    if (m_judgedAt == step.generation())
        return;
    m_judgedAt = step.generation();
    const Secret key = readSecret(step, keyName());
    m_holdsKey = m_seen && isPrivateKeyOf(key, m_seen->key);
    // Who holds a key takes no other backup at the server's word, signed or not: another device that made it
    // gives its key, or the recovery key does.
    m_ours = m_holdsKey || (m_seen && key.isEmpty() && isSignedByUs(step, m_seen->authData));
    if (step.failure.first) {
        m_judgedAt.reset();
        m_ours = false;
    }
}

void BackupVersions::remember(CryptoStep &step) const
{
    const RecoveryRecord before = recoveryRow(step);
    RecoveryRecord now = before;
    now.backupVersion = m_ours ? m_seen->version : QString();
    now.backupKey = m_ours ? m_seen->key : Curve25519Key();
    now.backupLost = !m_ours && (before.backupLost || !before.backupVersion.isEmpty());
    if (now == before)
        return;
    if (now.backupLost && !before.backupLost)
        step.note(CryptoNote::Kind::BackupLost, step.own().user, {}, m_exists ? u"another"_s : u"gone"_s);
    step.changes.recovery = now;
}

BackupView BackupVersions::view(CryptoStep &step)
{
    judge(step);
    const RecoveryRecord record = recoveryRow(step);
    BackupView view{.checked = m_known, .exists = m_known ? m_exists : !record.backupVersion.isEmpty()};
    view.version = !m_known ? record.backupVersion : m_seen ? m_seen->version : QString();
    view.ours = m_known ? m_ours : !record.backupVersion.isEmpty();
    view.holdsKey =
        m_known ? m_holdsKey : view.ours && isPrivateKeyOf(readSecret(step, keyName()), record.backupKey);
    view.lost = record.backupLost;
    view.keyOwed = view.holdsKey && !readSecret(step, owedName()).isEmpty();
    view.toBackUp = step.failure.take(step.store().sessionsToBackUpCount(record.backupVersion));
    return view;
}

std::optional<BackupTarget> BackupVersions::target(CryptoStep &step)
{
    if (!m_known || !m_seen || step.account().identityConflict)
        return {};
    judge(step);
    if (!m_ours)
        return {};
    return BackupTarget{m_seen->version, m_seen->key, m_holdsKey};
}

Result<QByteArray> BackupVersions::begin(CryptoStep &step)
{
    Secret key = readSecret(step, newKeyName());
    if (key.isEmpty()) {
        key = Secret::random(keyBytes);
        if (key.isEmpty())
            return fail(ErrorKind::Crypto, u"PARVIS_OLM_RANDOM"_s);
        if (auto done = writeSecret(step, newKeyName(), key); !done)
            return tl::unexpected(done.error());
    }
    const auto publicKey = backupPublicKey(key);
    const auto identity = step.identities.find(step.own().user);
    if (!publicKey)
        return tl::unexpected(publicKey.error());
    auto authData = signedByDevice(step, "{\"public_key\":" + jsonString(publicKey->toString()) + '}');
    if (authData && identity && CrossSigning::holds(step, CrossSigningRole::Master)) {
        const Secret seed = readSecret(step, crypto::secretName(CrossSigningRole::Master));
        authData = signedBy(*authData, identity->user, identity->master.key, seed)
                       .and_then([&](const QByteArray &byMaster) {
                           return withSignaturesOf(*authData, byMaster, identity->user);
                       });
    }
    return authData.map([](const QByteArray &json) {
        return QByteArray("{\"algorithm\":" + jsonString(backupAlgorithm) + ",\"auth_data\":" + json + '}');
    });
}

Result<void> BackupVersions::accepted(CryptoStep &step, const QString &version)
{
    const Secret key = readSecret(step, newKeyName());
    const auto publicKey = key.isEmpty() ? Result<Curve25519Key>() : backupPublicKey(key);
    if (!publicKey || publicKey->isEmpty() || version.isEmpty() || version.size() > maxVersion)
        return fail(ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s, u"version"_s);
    m_wanted = false;
    m_query.reset();
    m_known = true;
    m_exists = true;
    m_seen = Seen{version, *publicKey, "{}"};
    m_judgedAt.reset();
    return settle(step, *publicKey).map([&] {
        judge(step);
        remember(step);
    });
}

Result<bool> BackupVersions::take(CryptoStep &step, const Secret &key)
{
    if (!m_seen || !isPrivateKeyOf(key, m_seen->key))
        return false;
    if (auto done = writeSecret(step, keyName(), key); !done)
        return tl::unexpected(done.error());
    m_judgedAt.reset();
    judge(step);
    remember(step);
    return true;
}

Result<bool> BackupVersions::offer(CryptoStep &step, const Secret &key)
{
    // That it fits the backup which the server shows is not enough: a device that was not there at a reset
    // still has the key of before.
    const bool known = m_known && m_seen && isSignedByUs(step, m_seen->authData);
    auto taken = known ? take(step, key) : Result<bool>(false);
    if (!taken || *taken)
        return taken;
    m_wanted = true;
    return writeSecret(step, inboxName(), key).map([] { return true; });
}

bool BackupVersions::holdsKey(CryptoStep &step)
{
    judge(step);
    return m_known && m_holdsKey;
}

bool BackupVersions::lacksKey(CryptoStep &step)
{
    judge(step);
    return m_known && m_seen && !m_holdsKey;
}

std::optional<OutgoingRequest> BackupVersions::request(CryptoStep &step)
{
    if (m_query || !m_wanted || m_refusals.blocks(0, step.nowMs()))
        return m_query;
    m_query = OutgoingRequest{RequestId(u"backup-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)),
                              BackupVersionQuery{}};
    return m_query;
}

Result<void> BackupVersions::answered(CryptoStep &step, const QByteArray &body)
{
    m_refusals.succeeded(0);
    return seen(step, body);
}

Result<void> BackupVersions::rejected(CryptoStep &step, const Error &error)
{
    if (error.code == "M_NOT_FOUND"_L1)
        return seen(step, {});
    m_query.reset();
    m_refusals.failed(0, step.nowMs());
    return {};
}

} // namespace parvis::crypto
