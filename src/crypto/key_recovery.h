// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_values.h"
#include "crypto/key_import.h"

namespace parvis::crypto {

struct MachineParts;

/// The side of the CryptoMachine that brings keys back: the server-side backup, secret storage, key files.
/// What is said of the machine's calls holds here, too: one save each, or nothing.
class KeyRecovery
{
public:
    explicit KeyRecovery(MachineParts &parts) : m_parts(parts) {}

    // --- Backup: uploads and downloads are among CryptoMachine::outgoing()

    /// Asks the server which backup is the current one. To be called at each start.
    void checkBackup();
    /// What it says of itself: the body of GET room_keys/version, or nothing where there is none.
    [[nodiscard]] Result<void> backupIs(const std::optional<QByteArray> &body);
    [[nodiscard]] Result<BackupView> backup() const;
    /// The body of POST room_keys/version, with a key that is the same in every call until
    /// newBackupAccepted(): it is on the disk before anyone sees it.
    [[nodiscard]] Result<QByteArray> newBackup();
    [[nodiscard]] Result<void> newBackupAccepted(const QString &version);
    /// The backup that is about to be made goes without a storage that was begun here: until
    /// backupKeyWritten(), its key is owed to the storage.
    [[nodiscard]] Result<void> oweBackupKey();
    [[nodiscard]] Result<void> backupKeyWritten();
    /// A private key from another device or an older recovery: kept where it is that of the server's current
    /// backup, which must have been asked for; false if not.
    [[nodiscard]] Result<bool> takeBackupKey(const Secret &key);
    /// Empty where this device does not hold it.
    [[nodiscard]] Result<Secret> backupKey() const;
    /// Fetches this session from the backup when that is possible. Messages that cannot be read do so by
    /// themselves.
    void wantFromBackup(const RoomId &room, const SessionId &session);
    /// The person asks for this session: at once from the backup, even if that did not have it a moment ago;
    /// and, where keys go among the person's own devices, anew from these.
    [[nodiscard]] Result<void> askAgain(const RoomId &room, const SessionId &session);
    /// The same for every session that is not here and that a device of our own kept from this one because
    /// one of the two was not verified. Answers how many there are; they are not asked of other devices.
    [[nodiscard]] Result<qsizetype> wantWithheldByOwnDevices();
    /// It is being fetched, or will be as soon as the backup can be read.
    [[nodiscard]] bool isWantedFromBackup(const RoomId &room, const SessionId &session) const;

    // --- Imports

    /// Prepares keys for import(), on any thread.
    [[nodiscard]] KeyImporter importer() const;
    [[nodiscard]] Result<ImportOutcome> import(const QList<InboundSessionRecord> &prepared);

    // --- Secret storage

    /// A new storage key, kept from now on until recoveryKeySeen(), or what a former call began. @p replace:
    /// a storage that exists is given up.
    [[nodiscard]] Result<void> beginStorage(bool replace);
    /// Nothing came of it: the account has a storage already.
    [[nodiscard]] Result<void> abandonStorage();
    /// The id of a storage key that was begun, here or before a crash; empty: none.
    [[nodiscard]] Result<QString> begunStorage() const;
    [[nodiscard]] Result<bool> begunStorageReplaces() const;
    /// What is to be written to the account data, in this order. Without @p backup: nothing of a key backup.
    [[nodiscard]] Result<QList<AccountDataWrite>> storageWrites(bool backup = true);
    /// The same of the backup's key alone, for the storage with this id and key. @p made: it is of a new
    /// backup, which the person wants.
    [[nodiscard]] Result<QList<AccountDataWrite>> backupWrites(const QString &storage, const Secret &key,
                                                               bool made);
    /// All of it is written. Answers the recovery key, in the letters that people read.
    [[nodiscard]] Result<Secret> storageWritten();
    /// The person has it: it is forgotten here.
    [[nodiscard]] Result<void> recoveryKeySeen();
    /// The storage key that was made or typed here; empty: none was.
    [[nodiscard]] Result<QString> knownStorageKey() const;

    /// Takes in what a recovery key opened, all or nothing. PARVIS_RECOVERY_OTHER_IDENTITY where one of the
    /// keys is not that of the identity that the server shows. The backup's key is left out where it is not
    /// that of the current backup.
    [[nodiscard]] Result<RecoveryOutcome> takeSecrets(const RecoveredSecrets &secrets);

private:
    MachineParts &m_parts;
};

} // namespace parvis::crypto
