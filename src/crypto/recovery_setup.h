// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_machine.h"

namespace parvis::crypto {

/// Sets up everything by which the account's keys come back: an identity, a key backup, a secret storage with
/// a recovery key. Says what to do next; somebody else does it, and comes back with the answer.
///
/// Each secret is on this device's disk before the server hears of it, and the storage becomes the account's
/// with the last write: whatever is interrupted is gone on with by the next one, with the same keys. Nothing
/// that others set up is replaced, unless @p replace says so.
class RecoverySetup
{
public:
    RecoverySetup(CryptoMachine &machine, bool replace) : m_machine(machine), m_replace(replace) {}

    /// Read the account data "m.secret_storage.default_key", then storageIs().
    struct ReadStorage {
    };
    /// Read the account data "m.key_backup", then wishIs().
    struct ReadWish {
    };
    /// Make an identity for the account (CryptoMachine::newIdentity and what follows), then identityMade().
    struct MakeIdentity {
        bool replace = false;
    };
    /// Ask the server for its current backup, then backupIs().
    struct AskForBackup {
    };
    /// POST room_keys/version with this body, then backupMade().
    struct MakeBackup {
        QByteArray body;
    };
    /// Then written().
    struct Write {
        AccountDataWrite what;
    };
    /// The recovery key, in the letters that people read: until KeyRecovery::recoveryKeySeen(), another setup
    /// gives the same.
    struct Done {
        Secret recoveryKey;
    };
    using Step = std::variant<ReadStorage, ReadWish, MakeIdentity, AskForBackup, MakeBackup, Write, Done>;

    /// Changes nothing by itself, but for what it has to keep before the server may hear of it. Fails with
    /// PARVIS_IDENTITY_EXISTS where the account has an identity that this device does not hold, or where
    /// everything is set up; PARVIS_RECOVERY_EXISTS where it has a storage that others made.
    [[nodiscard]] Result<Step> next();

    /// The content; nothing: there is none.
    void storageIs(const std::optional<QByteArray> &content);
    /// What the person wants of key backups: no new one is made where they said, on whatever device, that
    /// they want none; unless @p replace asks for all of it.
    void wishIs(const std::optional<QByteArray> &content);
    void identityMade() { m_identityMade = true; }
    [[nodiscard]] Result<void> backupIs(const std::optional<QByteArray> &body);
    [[nodiscard]] Result<void> backupMade(const QString &version);
    void written() { ++m_written; }

private:
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<Step> nextWrite(bool backup);

    CryptoMachine &m_machine;
    const bool m_replace;
    std::optional<QString> m_storage; ///< the account's; empty: it has none
    std::optional<bool> m_wantsBackup;
    bool m_begun = false;
    bool m_replaces = false; ///< this one or the one that it goes on with
    bool m_identityMade = false;
    bool m_backupKnown = false;
    bool m_backupMade = false;
    std::optional<QList<AccountDataWrite>> m_writes;
    qsizetype m_written = 0;
};

/// Whether the content of "m.key_backup" says that the person wants no key backup.
[[nodiscard]] bool isBackupUnwanted(const QByteArray &content);
/// The id in the content of "m.secret_storage.default_key"; empty where there is none, or where it was
/// switched off.
[[nodiscard]] QString defaultStorageKey(const QByteArray &content);

} // namespace parvis::crypto
