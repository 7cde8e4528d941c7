// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

/// X25519, where libolm is not asked: verification and the key backup. Pure functions, any thread.
namespace parvis::crypto {

struct Curve25519Pair {
    Secret privateKey;
    Curve25519Key publicKey;
};

/// A new pair.
[[nodiscard]] Result<Curve25519Pair> newCurve25519Pair();
/// The pair of a private key. PARVIS_BAD_KEY_SIZE unless it has 32 bytes.
[[nodiscard]] Result<Curve25519Pair> curve25519Pair(const Secret &privateKey);

/// The 32 bytes that both sides know. PARVIS_UNSAFE_KEY where the other key has a low order or a second
/// encoding, so that others would know them as well; PARVIS_BAD_KEY_SIZE for a bad private key.
[[nodiscard]] Result<Secret> agreedSecret(const Secret &privateKey, const Curve25519Key &theirs);

} // namespace parvis::crypto
