// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

/// Secrets in the account data of the server (m.secret_storage.v1.aes-hmac-sha2). All of it may have been
/// put there by the server: nothing that comes out is believed before it fits a public key. Pure functions,
/// any thread.
namespace parvis::crypto {

/// How a storage key is made from words that somebody chose.
struct PassphraseRecipe {
    QByteArray salt; ///< text, used as it is
    quint32 rounds = 0;

    /// A passphrase may be guessed: worth a word to the person.
    [[nodiscard]] bool isWeak() const;
};

/// The content of m.secret_storage.key.<id>.
struct StorageKeyDescription {
    enum class Check {
        Right,   ///< this is the key
        Wrong,   ///< this is another one
        Unknown, ///< the description holds nothing to check by: only a secret that opens can tell
    };

    QString name; ///< empty: none
    std::optional<PassphraseRecipe> passphrase;
    QByteArray iv;  ///< 16 bytes, or empty together with mac
    QByteArray mac; ///< 32 bytes

    /// PARVIS_RECOVERY_UNSUPPORTED for another algorithm or size, PARVIS_RECOVERY_ROUNDS for a number of
    /// rounds that cannot be meant, PARVIS_RECOVERY_BAD_DATA for the rest.
    [[nodiscard]] static Result<StorageKeyDescription> parse(QByteArrayView json);
    [[nodiscard]] QByteArray toJson() const;
    /// PARVIS_BAD_KEY_SIZE unless the key has 32 bytes.
    [[nodiscard]] Result<Check> check(const Secret &key) const;
};

/// A storage key that did not exist before.
struct NewStorageKey {
    QString id; ///< 32 letters and digits
    Secret key; ///< 32 bytes
    StorageKeyDescription description;
};

[[nodiscard]] Result<NewStorageKey> newStorageKey();
/// From a passphrase (UTF-8). Takes as long as @p rounds say. PARVIS_PASSPHRASE_NEEDED where it is empty,
/// PARVIS_RECOVERY_ROUNDS below newPassphraseRounds or above maxPassphraseRounds.
[[nodiscard]] Result<NewStorageKey> newStorageKey(QByteArrayView passphrase, quint32 rounds);

/// The description of a key that exists, to be checked by.
[[nodiscard]] Result<StorageKeyDescription> describeStorageKey(const Secret &key);

/// The key that a passphrase (UTF-8) stands for. Takes as long as the recipe says: seconds.
[[nodiscard]] Result<Secret> storageKeyFromPassphrase(QByteArrayView passphrase,
                                                      const PassphraseRecipe &recipe);

/// One secret under one storage key.
struct EncryptedSecret {
    QByteArray iv;         ///< 16 bytes
    QByteArray ciphertext; ///< as long as the secret
    QByteArray mac;        ///< 32 bytes, over the ciphertext alone

    /// The entry of @p keyId in the account data of a secret. PARVIS_RECOVERY_NOT_STORED where the secret is
    /// not there under that key, PARVIS_RECOVERY_BAD_DATA where it breaks the format.
    [[nodiscard]] static Result<EncryptedSecret> find(QByteArrayView content, const QString &keyId);
    /// The account data of a secret that is stored under this key alone.
    [[nodiscard]] QByteArray toContent(const QString &keyId) const;
};

/// Encrypts @p secret under @p name, which is its type in the account data.
[[nodiscard]] Result<EncryptedSecret> encryptSecret(const Secret &key, const QString &name,
                                                    const Secret &secret);
/// The secret as it was stored, checked against the MAC first. PARVIS_RECOVERY_DAMAGED where it was made with
/// another key or name, or altered. An altered iv is not noticed: it gives another secret.
[[nodiscard]] Result<Secret> decryptSecret(const Secret &key, const QString &name,
                                           const EncryptedSecret &stored);

/// The same for secrets that are keys, which are stored as base64: 32 bytes. PARVIS_RECOVERY_DAMAGED also for
/// anything else. The caller compares the public key: nothing here can.
[[nodiscard]] Result<EncryptedSecret> encryptSecretKey(const Secret &key, const QString &name,
                                                       const Secret &secret);
[[nodiscard]] Result<Secret> decryptSecretKey(const Secret &key, const QString &name,
                                              const EncryptedSecret &stored);

} // namespace parvis::crypto
