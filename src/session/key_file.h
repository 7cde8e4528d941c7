// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "session/key_material.h"

#include <optional>

namespace parvis::session {

/// What is needed to open an account.
enum class Lock {
    Keychain,              ///< the key in the operating system's keychain
    KeychainAndPassphrase, ///< that and a passphrase: a sealed profile
    Passphrase,            ///< a passphrase alone, on a machine without a keychain
};

[[nodiscard]] inline bool needsKeychain(Lock lock)
{
    return lock != Lock::Passphrase;
}
[[nodiscard]] inline bool needsPassphrase(Lock lock)
{
    return lock != Lock::Keychain;
}

/// key.json: the account's master key, wrapped. Holds nothing that opens it.
struct KeyFile {
    static constexpr qint64 maxBytes = 4096;

    Lock lock = Lock::Keychain;
    std::optional<Argon2Parameters> argon2; ///< where a passphrase is needed
    QByteArray salt;                        ///< of the wrapping key
    SealedBytes master;

    /// PARVIS_STORE_DAMAGED, PARVIS_STORE_NEWER.
    [[nodiscard]] static Result<KeyFile> parse(const QByteArray &json);
    [[nodiscard]] QByteArray toJson() const;

    bool operator==(const KeyFile &) const = default;
};

/// What opens a KeyFile, as far as its lock asks for it.
struct Openers {
    Secret vaultKey;  ///< 32 bytes from the keychain
    Secret stretched; ///< stretchPassphrase()
};

/// @p user is bound in: a header of another account does not open.
[[nodiscard]] Result<KeyFile> wrapMaster(const Secret &master, const UserId &user, Lock lock,
                                         const Openers &openers, std::optional<Argon2Parameters> argon2);
/// PARVIS_STORE_WRONG_KEY; of kind Auth, PARVIS_WRONG_PASSPHRASE, where a passphrase is part of it.
[[nodiscard]] Result<Secret> unwrapMaster(const KeyFile &file, const UserId &user, const Openers &openers);

/// The keys that protect an account's files; each is of use for one purpose alone.
struct AccountKeys {
    Secret keysDatabase;
    Secret cacheDatabase;
    Secret pickles; ///< of Olm and Megolm, inside keys.db
    Secret media;   ///< files of the media cache

    [[nodiscard]] static Result<AccountKeys> derive(const Secret &master);
    [[nodiscard]] AccountKeys clone() const;
};

} // namespace parvis::session
