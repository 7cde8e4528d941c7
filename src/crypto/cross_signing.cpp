// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/backup_versions_p.h"
#include "crypto/cross_signing_p.h"
#include "crypto/identity_keeper_p.h"
#include "crypto/identity_trust_p.h"
#include "crypto/new_identity_p.h"
#include "crypto/primitives.h"
#include "crypto/secrets_p.h"
#include "crypto/signing.h"
#include "crypto/storage_setup_p.h"

#include <QMap>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// So many people's keys in one upload.
constexpr qsizetype usersPerUpload = 100;

/// Where the keys of an identity lie that the server has not taken yet.
QString newName(CrossSigningRole role)
{
    return u"new:"_s + secretName(role);
}

IdentitySeeds newSeeds(CryptoStep &step)
{
    return {readSecret(step, newName(CrossSigningRole::Master)),
            readSecret(step, newName(CrossSigningRole::SelfSigning)),
            readSecret(step, newName(CrossSigningRole::UserSigning))};
}

Result<void> write(CryptoStep &step, const IdentitySeeds &seeds, QString (*name)(CrossSigningRole))
{
    return writeSecret(step, name(CrossSigningRole::Master), seeds.master)
        .and_then([&] { return writeSecret(step, name(CrossSigningRole::SelfSigning), seeds.selfSigning); })
        .and_then([&] { return writeSecret(step, name(CrossSigningRole::UserSigning), seeds.userSigning); });
}

/// The new identity that the person agreed to.
struct Agreement {
    Ed25519Key master;
    bool replaces = false;
};

QString agreementName()
{
    return u"agreed:m.cross_signing.master"_s;
}

Agreement agreement(CryptoStep &step)
{
    const Secret row = readSecret(step, agreementName());
    return row.isEmpty()
        ? Agreement()
        : Agreement{Ed25519Key(QString::fromLatin1(row.view().sliced(1))), row.view().front() == 'r'};
}

const CrossSigningKey &keyOf(const IdentityRecord &identity, CrossSigningRole role)
{
    switch (role) {
    case CrossSigningRole::Master:
        return identity.master;
    case CrossSigningRole::SelfSigning:
        return identity.selfSigning;
    case CrossSigningRole::UserSigning:
        break;
    }
    return identity.userSigning;
}

/// This device and those that the person verified, as far as our self-signing key has not signed them.
QList<DeviceRecord> devicesToSign(CryptoStep &step, const IdentityRecord &own)
{
    QList<DeviceRecord> devices = step.devices.of(own.user);
    devices.removeIf([&](const DeviceRecord &device) {
        const bool thisOne = device.device == step.own().device;
        return device.isSignedBy(own.selfSigning.key) || (!thisOne && device.trust != LocalTrust::Verified);
    });
    return devices;
}

/// The new keys become the keys, and the identity is known as ours.
Result<void> adopt(CryptoStep &step, const IdentitySeeds &seeds, const PublicIdentity &identity,
                   bool replaces)
{
    IdentityRecord record = step.identities.find(step.own().user).value_or(IdentityRecord());
    record.user = step.own().user;
    // Not where the server has shown it before it took it: then that was done when it was seen.
    if (!record.master.key.isEmpty() && record.master.key != identity.master.key)
        forgetCompared(step, record.user);
    record.master = identity.master;
    record.selfSigning = identity.selfSigning;
    record.userSigning = identity.userSigning;
    step.identities.put(record);
    if (!userVerified(step, record.user, record.master.key))
        return fail(ErrorKind::Crypto, u"PARVIS_IDENTITY_CHANGED"_s);
    // The backup of the identity before is not the new one's: a set-up that goes on after a kill makes
    // another.
    if (auto forgotten = BackupVersions::forgetKey(step); !forgotten)
        return forgotten;
    if (replaces) {
        auto begun = endStorageSetup(step).and_then([&] { return beginStorageSetup(step, true); });
        if (!begun)
            return tl::unexpected(begun.error());
    }
    return write(step, seeds, secretName).and_then([&] { return write(step, {}, newName); }).and_then([&] {
        return writeSecret(step, agreementName(), {});
    });
}

} // namespace

Result<QByteArray> CrossSigning::begin(CryptoStep &step)
{
    IdentitySeeds seeds = newSeeds(step);
    if (seeds.isEmpty()) {
        seeds = IdentitySeeds::random();
        if (seeds.isEmpty())
            return fail(ErrorKind::Crypto, u"PARVIS_OLM_RANDOM"_s);
        if (auto done = write(step, seeds, newName); !done)
            return tl::unexpected(done.error());
    }
    return publicIdentity(step, seeds).map([](const PublicIdentity &identity) {
        return QByteArray("{\"master_key\":" + identity.master.json
                          + ",\"self_signing_key\":" + identity.selfSigning.json
                          + ",\"user_signing_key\":" + identity.userSigning.json + '}');
    });
}

Result<void> CrossSigning::agreed(CryptoStep &step, bool replaces)
{
    return publicIdentity(step, newSeeds(step)).and_then([&](const PublicIdentity &identity) {
        return writeSecret(step, agreementName(),
                           Secret((replaces ? "r" : "n") + identity.master.key.toString().toLatin1()));
    });
}

Ed25519Key CrossSigning::agreedMaster(CryptoStep &step)
{
    return agreement(step).master;
}

Result<void> CrossSigning::refused(CryptoStep &step)
{
    return writeSecret(step, agreementName(), {});
}

Result<void> CrossSigning::overtaken(CryptoStep &step, const Ed25519Key &master)
{
    const Ed25519Key agreed = agreement(step).master;
    if (agreed.isEmpty() || agreed == master)
        return {};
    return write(step, {}, newName).and_then([&] { return writeSecret(step, agreementName(), {}); });
}

Result<void> CrossSigning::accepted(CryptoStep &step, bool replaces)
{
    const IdentitySeeds seeds = newSeeds(step);
    if (seeds.isEmpty())
        return {}; // settled already
    return publicIdentity(step, seeds).and_then([&](const PublicIdentity &identity) {
        return adopt(step, seeds, identity, replaces);
    });
}

Result<void> CrossSigning::settle(CryptoStep &step)
{
    const auto identity = step.identities.find(step.own().user);
    const Agreement agreed = identity ? agreement(step) : Agreement();
    const IdentitySeeds seeds =
        identity && agreed.master == identity->master.key ? newSeeds(step) : IdentitySeeds();
    if (seeds.isEmpty())
        return {};
    const auto ours = publicIdentity(step, seeds);
    if (!ours)
        return tl::unexpected(ours.error());
    const bool taken = ours->master.key == identity->master.key
        && ours->selfSigning.key == identity->selfSigning.key
        && ours->userSigning.key == identity->userSigning.key;
    return taken ? adopt(step, seeds, *ours, agreed.replaces) : Result<void>();
}

Result<bool> CrossSigning::take(CryptoStep &step, CrossSigningRole role, const Secret &seed)
{
    const auto identity = step.identities.find(step.own().user);
    const auto key = ed25519PublicKey(seed);
    if (!identity || !key || *key != keyOf(*identity, role).key)
        return false;
    if (auto done = writeSecret(step, secretName(role), seed); !done)
        return tl::unexpected(done.error());
    if (role == CrossSigningRole::Master)
        return userVerified(step, identity->user, identity->master.key);
    step.somethingChanged();
    return true;
}

bool CrossSigning::holds(CryptoStep &step, CrossSigningRole role)
{
    const auto identity = step.identities.find(step.own().user);
    if (!identity)
        return false;
    const Secret seed = readSecret(step, secretName(role));
    const auto key = seed.isEmpty() ? Result<Ed25519Key>() : ed25519PublicKey(seed);
    return key && !key->isEmpty() && *key == keyOf(*identity, role).key;
}

QList<CrossSigning::Target> CrossSigning::owed(CryptoStep &step) const
{
    QList<Target> targets;
    const auto own = step.identities.find(step.own().user);
    if (!own || !ownIdentityVerified(step))
        return targets;
    const auto add = [&](const UserId &user, const QString &id, const Ed25519Key &signer,
                         const Result<QByteArray> &object) {
        if (object && !m_taken.contains({user, id, signer}))
            targets.append({user, id, *object, signer});
    };
    // This is asked with every request: keys are opened only where there is something to sign.
    const auto devices = devicesToSign(step, *own);
    if (!devices.isEmpty() && holds(step, CrossSigningRole::SelfSigning)) {
        const Secret seed = readSecret(step, secretName(CrossSigningRole::SelfSigning));
        for (const DeviceRecord &device : devices)
            add(own->user, device.device.toString(), own->selfSigning.key,
                signedBy(device.signedJson, own->user, own->selfSigning.key, seed));
    }
    const auto users = step.failure.take(step.store().identitiesToSign(usersPerUpload));
    if (!users.isEmpty() && holds(step, CrossSigningRole::UserSigning)) {
        const Secret seed = readSecret(step, secretName(CrossSigningRole::UserSigning));
        for (const IdentityRecord &user : users) {
            if (user.signedBy == own->userSigning.key)
                add(user.user, user.master.key.toString(), own->userSigning.key,
                    signedBy(user.master.json, own->user, own->userSigning.key, seed));
        }
    }
    // That this device knows the identity, for those who trust the device already.
    if (!verifySigned(own->master.json, own->user, step.own().device.toString(), step.own().keys.signing))
        add(own->user, own->master.key.toString(), step.own().keys.signing,
            signedByDevice(step, own->master.json));
    return targets;
}

std::optional<OutgoingRequest> CrossSigning::request(CryptoStep &step)
{
    if (m_upload)
        return m_upload;
    if (m_refusals.blocks(0, step.nowMs()) || !step.account().deviceKeysUploaded
        || step.account().identityConflict)
        return {};
    m_targets = owed(step);
    if (m_targets.isEmpty())
        return {};
    QMap<QString, QByteArrayList> byUser;
    for (const Target &target : std::as_const(m_targets))
        byUser[target.user.toString()].append(jsonString(target.id) + ':' + target.object);
    QByteArrayList users;
    for (auto it = byUser.cbegin(); it != byUser.cend(); ++it)
        users.append(jsonString(it.key()) + ":{" + it.value().join(',') + '}');
    m_upload =
        OutgoingRequest{RequestId(u"signatures-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)),
                        SignaturesUpload{'{' + users.join(',') + '}'}};
    return m_upload;
}

void CrossSigning::done(CryptoStep &step, const Target &target)
{
    m_taken.insert({target.user, target.id, target.signer});
    if (auto device = step.devices.find(target.user, DeviceId(target.id));
        device && target.user == step.own().user) {
        if (const auto both = withSignaturesOf(device->signedJson, target.object, target.user))
            device->signedJson = *both;
        device->checkedFor = target.signer;
        device->ownerSigned = true;
        step.devices.put(*device);
        return;
    }
    auto identity = step.identities.find(target.user);
    if (!identity || identity->master.key.toString() != target.id)
        return;
    identity->signatureOwed = false;
    if (const auto both = withSignaturesOf(identity->master.json, target.object, step.own().user);
        both && target.user == step.own().user)
        identity->master.json = *both;
    step.identities.put(*identity);
}

void CrossSigning::answered(CryptoStep &step, const QByteArray &body)
{
    const auto answer = RawObject::parse(body);
    const RawObject failures = answer ? answer->object(u"failures"_s) : RawObject();
    for (const Target &target : std::as_const(m_targets)) {
        if (!answer || failures.object(target.user.toString()).contains(target.id))
            m_refusals.failed(0, step.nowMs());
        else
            done(step, target);
    }
    if (answer && failures.isEmpty())
        m_refusals.succeeded(0);
    m_upload.reset();
    m_targets.clear();
    step.somethingChanged();
}

void CrossSigning::rejected(qint64 nowMs)
{
    m_refusals.failed(0, nowMs);
    m_upload.reset();
    m_targets.clear();
}

QByteArray ownKeysForPeers(CryptoStep &step)
{
    const OwnDevice &own = step.own();
    const auto identity = step.identities.find(own.user);
    const auto device = step.devices.find(own.user, own.device);
    if (!identity || !device || !device->isSignedBy(identity->selfSigning.key))
        return own.signedJson;
    return withSignaturesOf(own.signedJson, device->signedJson, own.user).value_or(own.signedJson);
}

} // namespace parvis::crypto
