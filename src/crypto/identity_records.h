// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/cross_signing_keys.h"

namespace parvis::crypto {

/// What is known of a user's identity, and what the person has said of it. Key: user.
struct IdentityRecord {
    UserId user{};
    CrossSigningKey master{};
    CrossSigningKey selfSigning{};
    CrossSigningKey userSigning{}; ///< ours alone
    /// The master key that was seen first, or that the person accepted after a change (trust on first use).
    Ed25519Key pinned{};
    /// Of another user: master keys that were pinned before the person took another one. What was signed for
    /// such a key counts no more, although a server can still show it: only comparing anew does.
    QList<Ed25519Key> givenUp{};
    /// Of another user: our user-signing key that signed `master`, here or on another device; empty: none
    /// did.
    Ed25519Key signedBy{};
    /// Of another user: our user-signing key whose signature was looked for last.
    Ed25519Key checkedFor{};
    /// Of ourselves: the master key of which this device knows that it is ours, by a verification or by its
    /// private part.
    Ed25519Key verified{};
    /// A latch: this user was verified once. Only the person takes it back.
    bool wasVerified = false;
    bool signatureOwed = false; ///< the server does not have our signature on `master` yet

    [[nodiscard]] PublicIdentity keys() const { return {user, master, selfSigning, userSigning}; }
    bool operator==(const IdentityRecord &) const = default;
};

/// A private key or another secret of the account, sealed under the machine's pickle key. Key: name.
struct SecretRecord {
    QString name{}; ///< "m.cross_signing.master"; with "new:" before it while the server has not taken it
    QByteArray sealed{}; ///< see sealSecret(); empty: to be deleted

    bool operator==(const SecretRecord &) const = default;
};

} // namespace parvis::crypto
