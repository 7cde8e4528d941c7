// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/backup_versions_p.h"
#include "crypto/cross_signing_p.h"
#include "crypto/identity_keeper_p.h"
#include "crypto/identity_trust_p.h"
#include "crypto/signing.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

Ed25519Key ourSigner(CryptoStep &step)
{
    const auto own = step.identities.find(step.own().user);
    return own ? own->userSigning.key : Ed25519Key();
}

/// The person takes the identity that stands there now, and so gives up the one that was pinned.
void pinCurrent(IdentityRecord &identity)
{
    const Ed25519Key before = std::exchange(identity.pinned, identity.master.key);
    if (!before.isEmpty() && before != identity.pinned && !identity.givenUp.contains(before))
        identity.givenUp.append(before);
}

/// Whether our user-signing key stands under the user's master key, with a good signature.
void takeSignature(CryptoStep &step, IdentityRecord &identity)
{
    const Ed25519Key ours = ourSigner(step);
    identity.checkedFor = ours;
    if (ours.isEmpty() || identity.givenUp.contains(identity.master.key)
        || !verifySigned(identity.master.json, step.own().user, ours.toString(), ours).has_value())
        return; // what was signed here stays signed: the server may hide it, not take it back
    identity.signedBy = ours;
    identity.signatureOwed = false;
    // Only where the key that signed is known as ours: anybody's server can make one up.
    if (!ownIdentityVerified(step))
        return;
    identity.wasVerified = true;
    pinCurrent(identity); // verified here or on another device of ours
}

/// Signed by us, and the latch that says so could not be set before we knew our own identity.
bool latchOwed(CryptoStep &step, const IdentityRecord &identity)
{
    return !identity.wasVerified && !identity.signedBy.isEmpty() && identity.signedBy == ourSigner(step)
        && ownIdentityVerified(step);
}

/// Whom another device of ours had verified is known as that at once: the next answer may show somebody else.
void latchSigned(CryptoStep &step, const Ed25519Key &ours)
{
    const auto signedOnes = step.failure.take(step.store().identitiesSignedBy(ours));
    for (const IdentityRecord &stored : signedOnes) {
        auto identity = step.identities.find(stored.user);
        if (!identity || identity->signedBy != ours || identity->wasVerified)
            continue;
        identity->wasVerified = true;
        pinCurrent(*identity);
        step.identities.put(*identity);
    }
}

bool isAsBefore(CryptoStep &step, const IdentityRecord &known, const IdentityJson &json)
{
    if (known.master.json != json.master || known.selfSigning.json != json.selfSigning)
        return false;
    return known.user == step.own().user ? known.userSigning.json == json.userSigning
                                         : known.checkedFor == ourSigner(step) && !latchOwed(step, known);
}

} // namespace

bool takeIdentity(CryptoStep &step, const UserId &user, const IdentityJson &json)
{
    if (json.master.isEmpty())
        return false;
    const bool own = user == step.own().user;
    const auto known = step.identities.find(user);
    if (known && isAsBefore(step, *known, json))
        return false;
    const auto identity = parseIdentity(json, user, own);
    if (!identity) {
        step.note(CryptoNote::Kind::IdentityRejected, user, {}, identity.error().code);
        return false;
    }
    IdentityRecord record = known.value_or(IdentityRecord{.user = user, .pinned = identity->master.key});
    const bool other = known && known->master.key != identity->master.key;
    if (other) {
        step.note(CryptoNote::Kind::IdentityChanged, user, {}, {});
        record.signedBy = {};
        record.signatureOwed = false;
        forgetCompared(step, user);
    }
    record.master = identity->master;
    record.selfSigning = identity->selfSigning;
    record.userSigning = identity->userSigning;
    if (!own)
        takeSignature(step, record);
    step.identities.put(record);
    step.somethingChanged();
    return true;
}

bool isSignedByOwner(CryptoStep &step, const UserId &user, const QByteArray &deviceJson)
{
    const auto identity = step.identities.find(user);
    const Ed25519Key owner = identity ? identity->selfSigning.key : Ed25519Key();
    return !owner.isEmpty() && verifySigned(deviceJson, user, owner.toString(), owner).has_value();
}

bool checkOwnerSignature(CryptoStep &step, DeviceRecord &device)
{
    const auto identity = step.identities.find(device.user);
    device.checkedFor = identity ? identity->selfSigning.key : Ed25519Key();
    device.ownerSigned = isSignedByOwner(step, device.user, device.signedJson);
    return !device.checkedFor.isEmpty();
}

bool userVerified(CryptoStep &step, const UserId &user, const Ed25519Key &master)
{
    auto identity = step.identities.find(user);
    if (!identity || master.isEmpty() || identity->master.key != master)
        return false;
    if (user == step.own().user) {
        const Ed25519Key before = std::exchange(identity->verified, master);
        identity->pinned = master;
        step.identities.put(*identity);
        // A reset on another device: what its backup was, is the new identity's no more.
        const bool other = !before.isEmpty() && before != master;
        auto forgotten = other ? BackupVersions::forgetKey(step) : Result<void>();
        // The server has seen the public half of what was agreed to here before: it must not come back with
        // it.
        if (forgotten && before != master)
            forgotten = CrossSigning::overtaken(step, master);
        if (!forgotten)
            step.failure.first = step.failure.first.value_or(forgotten.error());
        latchSigned(step, identity->userSigning.key);
        step.somethingChanged();
        return forgotten.has_value();
    }
    if (const auto own = step.identities.find(step.own().user); own && ownIdentityVerified(step)) {
        identity->signedBy = own->userSigning.key;
        identity->signatureOwed = true;
        identity->wasVerified = true;
        identity->givenUp.removeAll(master);
        pinCurrent(*identity);
    }
    step.identities.put(*identity);
    step.somethingChanged();
    return true;
}

void forgetCompared(CryptoStep &step, const UserId &user)
{
    const auto devices = step.devices.of(user);
    for (DeviceRecord device : devices) {
        if (device.trust != LocalTrust::Verified)
            continue;
        device.trust = LocalTrust::Unset;
        step.devices.put(device);
    }
}

void acceptIdentity(CryptoStep &step, const UserId &user)
{
    auto identity = step.identities.find(user);
    if (!identity)
        return;
    pinCurrent(*identity);
    identity->wasVerified = false;
    step.identities.put(*identity);
    step.somethingChanged();
}

} // namespace parvis::crypto
