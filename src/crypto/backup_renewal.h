// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_machine.h"

namespace parvis::crypto {

/// A key backup again where the server has none any more, while the person shows the recovery key: a new one,
/// with its key in the storage that the recovery key opens. Says what to do next, as RecoverySetup does.
///
/// Only on a device that held the whole identity before the recovery key was typed: there nothing comes back
/// with it, and the person is told that a new backup is what they get. Who types it on a new device wants
/// their messages, and gets no backup that they may have switched off elsewhere; where they did, a new one is
/// made only if they were asked about it (@p evenUnwanted). A backup that the server shows and whose key is
/// not here stays as it is, whoever signed it: nothing is given up, signed or used at the server's word.
/// Where the key is here and the storage has another one, as after a renewal that was interrupted, the
/// storage gets it.
class BackupRenewal
{
public:
    /// @p before: our identity, before the recovery key was typed. @p opened: what it opened.
    BackupRenewal(CryptoMachine &machine, const OwnIdentity &before, const RecoveredSecrets &opened,
                  bool evenUnwanted);

    /// Ask the server for its current backup, then backupIs().
    struct AskForBackup {
    };
    /// Read the account data "m.key_backup", then wishIs().
    struct ReadWish {
    };
    /// POST room_keys/version with this body, then backupMade().
    struct MakeBackup {
        QByteArray body;
    };
    /// Then written().
    struct Write {
        AccountDataWrite what;
    };
    struct Done {
        bool backup = false; ///< the server's is this device's, and its key is in the storage
        bool made = false;   ///< just now
    };
    using Step = std::variant<AskForBackup, ReadWish, MakeBackup, Write, Done>;

    [[nodiscard]] Result<Step> next();

    /// The content; nothing: there is none.
    [[nodiscard]] Result<void> backupIs(const std::optional<QByteArray> &body);
    void wishIs(const std::optional<QByteArray> &content);
    [[nodiscard]] Result<void> backupMade(const QString &version);
    void written() { ++m_written; }

private:
    CryptoMachine &m_machine;
    const bool m_may;
    const QString m_storage;
    const Secret m_storageKey;
    const bool m_evenUnwanted;
    std::optional<bool> m_wanted;
    bool m_asked = false;
    bool m_made = false;
    std::optional<QList<AccountDataWrite>> m_writes;
    qsizetype m_written = 0;
};

} // namespace parvis::crypto
