// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Identities, and what is to be thought of people and devices.
#include "crypto/crypto_machine.h"
#include "crypto/identity_keeper_p.h"
#include "crypto/identity_trust_p.h"
#include "crypto/machine_parts_p.h"
#include "crypto/secrets_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

Result<IdentityView> CryptoMachine::identity(const UserId &user) const
{
    CryptoStep step(m_parts->context);
    return answered(step, identityView(step, user));
}

Result<QList<DeviceView>> CryptoMachine::deviceViews(const UserId &user) const
{
    CryptoStep step(m_parts->context);
    QList<DeviceView> views;
    const auto devices = step.devices.of(user);
    for (const DeviceRecord &device : devices)
        views.append({device, deviceTrust(step, device)});
    return answered(step, views);
}

Result<OwnIdentity> CryptoMachine::ownIdentity() const
{
    CryptoStep step(m_parts->context);
    const auto record = step.identities.find(step.own().user);
    OwnIdentity own;
    own.checked = record || step.account().serverChecked;
    if (!record)
        return answered(step, own);
    const auto device = step.devices.find(step.own().user, step.own().device);
    own.exists = true;
    own.verified = ownIdentityVerified(step);
    own.changed = !record->verified.isEmpty() && record->verified != record->master.key;
    own.thisDeviceSigned = device && device->isSignedBy(record->selfSigning.key);
    own.master = record->master.key;
    own.holdsMaster = CrossSigning::holds(step, CrossSigningRole::Master);
    own.holdsSelfSigning = CrossSigning::holds(step, CrossSigningRole::SelfSigning);
    own.holdsUserSigning = CrossSigning::holds(step, CrossSigningRole::UserSigning);
    return answered(step, own);
}

Result<QByteArray> CryptoMachine::newIdentity()
{
    CryptoStep step(m_parts->context);
    const auto body = CrossSigning::begin(step);
    if (!body)
        return tl::unexpected(step.failure.first.value_or(body.error()));
    if (auto done = step.commit(); !done)
        return tl::unexpected(done.error());
    return *body;
}

Result<void> CryptoMachine::newIdentityAgreed(bool replaces)
{
    CryptoStep step(m_parts->context);
    if (auto done = CrossSigning::agreed(step, replaces); !done)
        return tl::unexpected(step.failure.first.value_or(done.error()));
    return step.commit();
}

Result<void> CryptoMachine::newIdentityRefused()
{
    CryptoStep step(m_parts->context);
    return CrossSigning::refused(step).and_then([&] { return step.commit(); });
}

Result<Ed25519Key> CryptoMachine::agreedIdentity() const
{
    CryptoStep step(m_parts->context);
    return answered(step, CrossSigning::agreedMaster(step));
}

Result<void> CryptoMachine::newIdentityAccepted(bool replaces)
{
    CryptoStep step(m_parts->context);
    if (auto done = CrossSigning::accepted(step, replaces); !done)
        return tl::unexpected(step.failure.first.value_or(done.error()));
    // Who of the others is verified depends on our own identity.
    m_parts->tracker.invalidateAll(step);
    return step.commit();
}

Result<bool> CryptoMachine::takeIdentityKey(CrossSigningRole role, const Secret &seed)
{
    CryptoStep step(m_parts->context);
    const auto taken = CrossSigning::take(step, role, seed);
    if (!taken || !*taken)
        return step.failure.first ? tl::unexpected(*step.failure.first) : taken;
    if (role == CrossSigningRole::Master)
        m_parts->tracker.invalidateAll(step);
    if (auto done = step.commit(); !done)
        return tl::unexpected(done.error());
    m_parts->backup.versions.checkAgain();
    return true;
}

Result<Secret> CryptoMachine::identityKey(CrossSigningRole role) const
{
    CryptoStep step(m_parts->context);
    Secret seed = CrossSigning::holds(step, role) ? readSecret(step, secretName(role)) : Secret();
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return seed;
}

Result<void> CryptoMachine::verifiedUser(const UserId &user, const Ed25519Key &master)
{
    CryptoStep step(m_parts->context);
    if (!userVerified(step, user, master))
        return step.failure.first ? step.commit() : fail(ErrorKind::Crypto, u"PARVIS_IDENTITY_CHANGED"_s);
    if (user == step.own().user) {
        m_parts->tracker.invalidateAll(step);
        m_parts->backup.versions.checkAgain();
    }
    return step.commit();
}

Result<void> CryptoMachine::acceptIdentity(const UserId &user)
{
    CryptoStep step(m_parts->context);
    crypto::acceptIdentity(step, user);
    return step.commit();
}

Result<void> CryptoMachine::exchangeSecrets()
{
    CryptoStep step(m_parts->context);
    m_parts->gossip.advance(step);
    return step.commit();
}

void CryptoMachine::setKeyForwarding(bool on)
{
    m_parts->context.keyForwarding = on;
}

Verifications &CryptoMachine::verifications()
{
    return m_parts->verifications;
}

} // namespace parvis::crypto
