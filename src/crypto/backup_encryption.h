// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>

/// The encryption of the server-side key backup, m.megolm_backup.v1.curve25519-aes-sha2. Its MAC covers
/// nothing, by an old mistake that became the format: whoever knows the public key, as the server does, can
/// make and alter what it holds. Pure functions, any thread.
namespace parvis::crypto {

/// The `session_data` of one session.
struct BackupSessionData {
    Curve25519Key ephemeral;
    QByteArray ciphertext; ///< whole blocks of 16 bytes
    QByteArray mac;        ///< 8 bytes

    /// Above that, it is no room key.
    static constexpr qsizetype maxCiphertext = 65'536;

    /// PARVIS_BACKUP_DATA for what breaks the format, PARVIS_UNSAFE_KEY for a key of low order.
    [[nodiscard]] static Result<BackupSessionData> parse(QByteArrayView json);
    [[nodiscard]] QByteArray toJson() const;
};

/// The public key of a backup's private key. PARVIS_BAD_KEY_SIZE unless that has 32 bytes.
[[nodiscard]] Result<Curve25519Key> backupPublicKey(const Secret &privateKey);

/// For the holder of @p publicKey. PARVIS_UNSAFE_KEY, or PARVIS_BACKUP_DATA for a plaintext that is too long.
[[nodiscard]] Result<BackupSessionData> encryptForBackup(const Curve25519Key &publicKey,
                                                         const Secret &plaintext);
/// With an ephemeral key of one's own, for tests: it must never be used twice.
[[nodiscard]] Result<BackupSessionData> encryptForBackup(const Curve25519Key &publicKey,
                                                         const Secret &plaintext, const Secret &ephemeral);

/// PARVIS_BACKUP_OTHER_KEY where the MAC is that of another key, before anything is decrypted;
/// PARVIS_BACKUP_DATA where what comes out cannot have gone in. Altered ciphertext may go unnoticed.
[[nodiscard]] Result<Secret> decryptFromBackup(const Secret &privateKey, const BackupSessionData &data);

} // namespace parvis::crypto
