// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"
#include "crypto/secret_storage.h"

namespace parvis::crypto {

/// A storage key that was begun on this device: kept, sealed, from before anything is told to the server
/// until the person has the recovery key. After a crash the same one is gone on with.
struct StorageSetup {
    QString id;
    Secret key;
    bool replaces = false; ///< the person wants it instead of one that exists

    [[nodiscard]] bool isBegun() const { return !key.isEmpty(); }
};

[[nodiscard]] StorageSetup storageSetup(CryptoStep &step);
/// Begins one, or changes what it is for.
[[nodiscard]] Result<StorageSetup> beginStorageSetup(CryptoStep &step, bool replaces);
/// Forgets it, whether it came to anything or not.
[[nodiscard]] Result<void> endStorageSetup(CryptoStep &step);

/// Everything that is to be written to the account data, in this order: the key that all of it is under last,
/// so that half of it is nothing. PARVIS_RECOVERY_NOT_STORED where this device lacks one of the secrets.
/// @p backup: the key of the key backup is among them.
[[nodiscard]] Result<QList<AccountDataWrite>> storageWrites(CryptoStep &step, const StorageSetup &setup,
                                                            bool backup);

/// The key of the key backup alone, into the storage with this id and key. @p made: the backup is a new one,
/// and wanted.
[[nodiscard]] Result<QList<AccountDataWrite>> backupWrites(CryptoStep &step, const QString &storage,
                                                           const Secret &key, bool made);

} // namespace parvis::crypto
