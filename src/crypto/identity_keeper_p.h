// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// Takes in what /keys/query says of a user's identity. An identity that breaks a rule is refused with a
/// note; one that is missing is no news: a server that hides it takes back nothing that was known. Answers
/// whether something changed. At most four signatures are checked.
[[nodiscard]] bool takeIdentity(CryptoStep &step, const UserId &user, const IdentityJson &json);

/// The signed device keys @p deviceJson carry the signature of @p user's identity as we know it.
[[nodiscard]] bool isSignedByOwner(CryptoStep &step, const UserId &user, const QByteArray &deviceJson);

/// Whether the owner has signed the device, looked up anew where the owner's key or the device has changed.
/// Answers whether a signature was checked.
bool checkOwnerSignature(CryptoStep &step, DeviceRecord &device);

/// The person has compared keys, and @p master is the user's: signs it where this device can. Of our own
/// user: the identity is known as ours from now on. False: the user's master key is another one.
[[nodiscard]] bool userVerified(CryptoStep &step, const UserId &user, const Ed25519Key &master);

/// Another identity stands at @p user's name than before: that the person compared a device of theirs says
/// nothing under it, or it would vouch for a device that a reset was to shut out. Blocked ones stay blocked.
void forgetCompared(CryptoStep &step, const UserId &user);

/// The person accepts the user's new identity, unverified: warnings end, as at first sight.
void acceptIdentity(CryptoStep &step, const UserId &user);

} // namespace parvis::crypto
