// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/identity_keeper_p.h"
#include "crypto/identity_trust_p.h"
#include "crypto/verification_trust_p.h"

namespace parvis::crypto {

namespace {

Ed25519Key masterOf(CryptoStep &step, const UserId &user)
{
    const auto identity = step.identities.find(user);
    return identity ? identity->master.key : Ed25519Key();
}

} // namespace

std::optional<FrozenKeys> freezeKeys(CryptoStep &step, const UserId &user, const DeviceId &device)
{
    const auto record = step.devices.find(user, device);
    if (!record)
        return {};
    return FrozenKeys{.device = record->signingKey,
                      .deviceCurve = record->curveKey,
                      .master = masterOf(step, user),
                      .ownMaster = masterOf(step, step.own().user),
                      .ownVerified = ownIdentityVerified(step)};
}

bool saveTrust(CryptoStep &step, DeviceTracker &tracker, const UserId &user, const DeviceId &device,
               const FrozenKeys &frozen, const SasExchange::Vouched &shown, bool &ownVerified)
{
    auto now = freezeKeys(step, user, device);
    if (!now)
        return false;
    // That our identity became known as ours meanwhile is no change of keys.
    now->ownVerified = frozen.ownVerified;
    if (*now != frozen)
        return false;
    if (user != step.own().user) {
        // A person is known by the identity; a device alone says nothing of its owner (MSC4153).
        return shown.master && ownIdentityVerified(step) && userVerified(step, user, frozen.master);
    }
    if (!shown.device && !shown.master)
        return false;
    if (shown.device) {
        auto record = step.devices.find(user, device);
        record->trust = LocalTrust::Verified;
        step.devices.put(*record);
        step.somethingChanged();
    }
    if (shown.master && !ownIdentityVerified(step)) {
        if (!userVerified(step, user, frozen.master))
            return false;
        // Who of the others is verified depends on our own identity.
        tracker.invalidateAll(step);
        ownVerified = true;
    }
    return true;
}

} // namespace parvis::crypto
