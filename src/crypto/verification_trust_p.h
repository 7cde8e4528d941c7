// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/device_tracker_p.h"
#include "crypto/sas_exchange_p.h"

namespace parvis::crypto {

/// The keys that one verification is about, as they were when both sides wanted it. What was compared is
/// these, whatever the server shows later.
struct FrozenKeys {
    Ed25519Key device; ///< of the other side
    Curve25519Key deviceCurve;
    Ed25519Key master;    ///< of the other user; of ourselves the same as `ownMaster`. Empty: none
    Ed25519Key ownMaster; ///< empty: none
    bool ownVerified = false;

    bool operator==(const FrozenKeys &) const = default;
};

/// Nothing where the device is not known.
[[nodiscard]] std::optional<FrozenKeys> freezeKeys(CryptoStep &step, const UserId &user,
                                                   const DeviceId &device);

/// Saves what a verification has shown, in the tables of the step. False: the keys are others by now, or
/// nothing that counts was shown; nothing is changed then. @p ownVerified is set where our own identity
/// became known as ours.
[[nodiscard]] bool saveTrust(CryptoStep &step, DeviceTracker &tracker, const UserId &user,
                             const DeviceId &device, const FrozenKeys &frozen,
                             const SasExchange::Vouched &shown, bool &ownVerified);

} // namespace parvis::crypto
