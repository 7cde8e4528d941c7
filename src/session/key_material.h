// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "base/task.h"

#include <QByteArray>
#include <QByteArrayView>

namespace parvis::session {

inline constexpr qsizetype keyBytes = 32;

/// What turns a passphrase into a key; kept beside what it opens, so that a later Parvis can ask for more.
struct Argon2Parameters {
    static constexpr quint32 leastMemoryKib = 64 * 1024;
    static constexpr quint32 mostMemoryKib = 1024 * 1024;
    static constexpr quint32 leastPasses = 3;
    static constexpr quint32 mostPasses = 32;
    static constexpr quint32 mostLanes = 8;
    static constexpr qsizetype saltBytes = 16;

    quint32 memoryKib = leastMemoryKib;
    quint32 passes = leastPasses;
    quint32 lanes = 1;
    QByteArray salt;

    /// Today's cost and a new salt.
    [[nodiscard]] static Argon2Parameters fresh();
    /// Within the limits above: neither weaker than we ever wrote nor a way to exhaust the machine.
    [[nodiscard]] bool isSane() const;

    bool operator==(const Argon2Parameters &) const = default;
};

/// Argon2id, version 1.3, 32 bytes. Takes a quarter of a second and 64 MiB: not for the core thread.
[[nodiscard]] Result<Secret> stretchPassphrase(const Secret &passphrase, const Argon2Parameters &parameters);
/// The same on the pool; answers on the calling thread.
[[nodiscard]] Task<Secret> stretchPassphraseOnPool(Secret passphrase, Argon2Parameters parameters);

/// HKDF-SHA256, 32 bytes.
[[nodiscard]] Result<Secret> deriveKey(const Secret &key, QByteArrayView salt, QByteArrayView info);

/// AES-256-GCM with a new random nonce.
struct SealedBytes {
    QByteArray nonce; ///< 12 bytes
    QByteArray ciphertext;
    QByteArray tag; ///< 16 bytes

    bool operator==(const SealedBytes &) const = default;
};
[[nodiscard]] Result<SealedBytes> seal(const Secret &plain, const Secret &key, QByteArrayView associated);
/// PARVIS_STORE_WRONG_KEY if key, associated data or the bytes themselves are others than those of seal().
[[nodiscard]] Result<Secret> unseal(const SealedBytes &sealed, const Secret &key, QByteArrayView associated);

} // namespace parvis::session
