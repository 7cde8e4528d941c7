// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/identity_trust_p.h"

namespace parvis::crypto {

namespace {

/// The identity of ours that this device knows to be ours; empty: none, or another one than that.
std::optional<IdentityRecord> verifiedOwn(CryptoStep &step)
{
    auto own = step.identities.find(step.own().user);
    if (own && (own->verified.isEmpty() || own->verified != own->master.key))
        own.reset();
    return own;
}

bool isVerified(CryptoStep &step, const IdentityRecord &identity)
{
    const auto own = verifiedOwn(step);
    if (!own)
        return false;
    return identity.user == step.own().user
        || (!identity.signedBy.isEmpty() && identity.signedBy == own->userSigning.key);
}

/// Our own identity, where this device knew one: not where it has just signed in.
bool wasOurs(const CryptoStep &step, const IdentityRecord &identity)
{
    return identity.user == step.own().user && !identity.verified.isEmpty();
}

} // namespace

bool ownIdentityVerified(CryptoStep &step)
{
    return verifiedOwn(step).has_value();
}

bool isKnownAsOurs(CryptoStep &step)
{
    const auto own = verifiedOwn(step);
    const auto device = step.devices.find(step.own().user, step.own().device);
    return own && device && device->isSignedBy(own->selfSigning.key) && !step.account().identityConflict;
}

IdentityView identityView(CryptoStep &step, const UserId &user)
{
    const auto identity = step.identities.find(user);
    if (!identity)
        return {};
    const bool verified = isVerified(step, *identity);
    const bool wasVerified = identity->wasVerified || wasOurs(step, *identity);
    return {.known = true,
            .verified = verified,
            .violated = wasVerified && !verified,
            .changed = !verified && identity->pinned != identity->master.key,
            .master = identity->master.key};
}

DeviceTrust deviceTrust(CryptoStep &step, const DeviceRecord &device)
{
    if (device.trust == LocalTrust::Blacklisted)
        return DeviceTrust::Blocked;
    if (device.user == step.own().user && device.device == step.own().device)
        return DeviceTrust::Verified;
    const auto identity = step.identities.find(device.user);
    if (identity && device.isSignedBy(identity->selfSigning.key)) {
        const IdentityView view = identityView(step, device.user);
        return view.violated                                        ? DeviceTrust::Violated
            : view.verified || device.trust == LocalTrust::Verified ? DeviceTrust::Verified
                                                                    : DeviceTrust::Signed;
    }
    return device.trust == LocalTrust::Verified ? DeviceTrust::Verified : DeviceTrust::Unsigned;
}

} // namespace parvis::crypto
