// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// What is to be thought of a user's identity now.
[[nodiscard]] IdentityView identityView(CryptoStep &step, const UserId &user);
/// What is to be thought of a device now. This device itself is trusted.
[[nodiscard]] DeviceTrust deviceTrust(CryptoStep &step, const DeviceRecord &device);
/// Our own identity is known to be ours.
[[nodiscard]] bool ownIdentityVerified(CryptoStep &step);
/// This device is signed by our verified identity: everybody who knows the identity knows it.
[[nodiscard]] bool isKnownAsOurs(CryptoStep &step);

} // namespace parvis::crypto
