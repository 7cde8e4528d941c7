// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>

namespace parvis::crypto {

/// The three keys of a cross-signing identity (specification, "Cross-signing").
enum class CrossSigningRole {
    Master,      ///< is the identity: what a verification is about
    SelfSigning, ///< signs the user's own devices
    UserSigning, ///< signs other users' master keys; only ever seen of ourselves
};

/// The word in `usage`, and the end of the secret's name: "master", "self_signing", "user_signing".
[[nodiscard]] QString word(CrossSigningRole role);
/// The name under which the private key is stored and gossiped: "m.cross_signing.master".
[[nodiscard]] QString secretName(CrossSigningRole role);

/// A public key of an identity and the signed object that it came in.
struct CrossSigningKey {
    Ed25519Key key;
    QByteArray json; ///< exactly as the server gave it: signatures cover unknown members too

    bool operator==(const CrossSigningKey &) const = default;
};

/// A user's public identity, the signatures between its keys checked.
struct PublicIdentity {
    UserId user;
    CrossSigningKey master;
    CrossSigningKey selfSigning;
    CrossSigningKey userSigning; ///< empty of other users

    bool operator==(const PublicIdentity &) const = default;
};

/// A device id under which a signature could pass for one of the identity's keys (CVE-2022-39250).
[[nodiscard]] bool isKeyOf(const PublicIdentity &identity, const DeviceId &device);

/// The objects of one user in an answer of /keys/query; empty: not there.
struct IdentityJson {
    QByteArray master;
    QByteArray selfSigning;
    QByteArray userSigning;
};

/// Reads one key: the user's own, for this role, and exactly one key whose id is its value. Its signatures
/// are not looked at. Fails with PARVIS_BAD_IDENTITY for a wrong shape, PARVIS_UNSAFE_KEY for a key of small
/// order.
[[nodiscard]] Result<CrossSigningKey> parseCrossSigningKey(const QByteArray &json, const UserId &user,
                                                           CrossSigningRole role);

/// Reads an identity; the self-signing and user-signing keys must be signed by the master key. Without
/// a valid self-signing key there is no identity; with @p own, neither without a user-signing key. Fails with
/// the errors above, or with PARVIS_BAD_SIGNATURE.
[[nodiscard]] Result<PublicIdentity> parseIdentity(const IdentityJson &json, const UserId &user, bool own);

} // namespace parvis::crypto
