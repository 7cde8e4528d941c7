// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "crypto/crypto_values.h"

#include <QMap>

/// \file
/// From what the person types, and what the server holds, to the secrets. All of the latter may be the
/// server's making: what comes out is believed where it fits public keys that were known before. Pure, any
/// thread.
namespace parvis::crypto {

/// The account data of a secret storage.
struct StoredRecovery {
    QString keyId;
    QByteArray description;            ///< the content of "m.secret_storage.key." + keyId
    QMap<QString, QByteArray> secrets; ///< by their type; those that are there
};

/// One of both.
struct TypedRecovery {
    Secret recoveryKey; ///< in letters, UTF-8
    Secret passphrase;  ///< UTF-8
};

/// The types of the account data that openRecovery() wants to see.
[[nodiscard]] QStringList recoverySecretNames();

/// Opens what is stored. A passphrase takes as long as the server says, within bounds: seconds.
///
/// PARVIS_RECOVERY_KEY_NEEDED where nothing was typed, PARVIS_RECOVERY_NO_PASSPHRASE where the storage was
/// made without one, PARVIS_RECOVERY_WRONG_KEY where what was typed does not fit the description; what
/// decodeRecoveryKey(), StorageKeyDescription and decryptSecretKey() have. PARVIS_RECOVERY_NOT_STORED where
/// the master key is not there; the others may be missing, and a damaged backup key counts as missing.
[[nodiscard]] Result<RecoveredSecrets> openRecovery(const TypedRecovery &typed, const StoredRecovery &stored);

} // namespace parvis::crypto
