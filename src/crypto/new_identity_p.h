// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// The private keys of an identity: 32-byte seeds.
struct IdentitySeeds {
    Secret master;
    Secret selfSigning;
    Secret userSigning;

    /// Empty if the system has no randomness.
    [[nodiscard]] static IdentitySeeds random();
    [[nodiscard]] bool isEmpty() const;
};

/// The public identity of these seeds, its objects signed by the master key, and the master key by this
/// device.
[[nodiscard]] Result<PublicIdentity> publicIdentity(CryptoStep &step, const IdentitySeeds &seeds);

/// @p json in canonical form, without its signatures, with this one instead.
[[nodiscard]] Result<QByteArray> withSignature(const QByteArray &json, const UserId &signer,
                                               const QString &keyId, const QByteArray &signature);
/// @p json with the signatures of @p from under @p signer added to its own under that name; all others go.
[[nodiscard]] Result<QByteArray> withSignaturesOf(const QByteArray &json, const QByteArray &from,
                                                  const UserId &signer);
/// As withSignature(), signed with a seed whose public key is @p key.
[[nodiscard]] Result<QByteArray> signedBy(const QByteArray &json, const UserId &signer, const Ed25519Key &key,
                                          const Secret &seed);
/// As withSignature(), signed by this device.
[[nodiscard]] Result<QByteArray> signedByDevice(CryptoStep &step, const QByteArray &json);

} // namespace parvis::crypto
