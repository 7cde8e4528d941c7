// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/backup_renewal.h"

#include "crypto/recovery_setup.h"

namespace parvis::crypto {

BackupRenewal::BackupRenewal(CryptoMachine &machine, const OwnIdentity &before,
                             const RecoveredSecrets &opened, bool evenUnwanted)
    : m_machine(machine),
      m_may(before.isWhole()),
      m_storage(opened.storageKey),
      m_storageKey(opened.storage.clone()),
      m_evenUnwanted(evenUnwanted)
{
}

Result<BackupRenewal::Step> BackupRenewal::next()
{
    if (!m_may)
        return Done{};
    if (!m_asked)
        return AskForBackup{};
    const auto backup = m_machine.recovery().backup();
    if (!backup)
        return tl::unexpected(backup.error());
    if (!backup->holdsKey) {
        if (!backup->checked || backup->exists)
            return Done{};
        if (!m_wanted)
            return ReadWish{};
        if (!*m_wanted)
            return Done{};
        // First: a backup whose key is nowhere but here must never be taken for one that comes back.
        if (auto noted = m_machine.recovery().oweBackupKey(); !noted)
            return tl::unexpected(noted.error());
        return m_machine.recovery().newBackup().map(
            [](const QByteArray &body) { return Step(MakeBackup{body}); });
    }
    if (!m_writes) {
        const auto writes = m_machine.recovery().backupWrites(m_storage, m_storageKey, m_made);
        if (!writes)
            return tl::unexpected(writes.error());
        m_writes = *writes;
    }
    if (m_written < m_writes->size())
        return Write{m_writes->at(m_written)};
    if (auto noted = m_machine.recovery().backupKeyWritten(); !noted)
        return tl::unexpected(noted.error());
    return Done{.backup = true, .made = m_made};
}

Result<void> BackupRenewal::backupIs(const std::optional<QByteArray> &body)
{
    m_asked = true;
    return m_machine.recovery().backupIs(body);
}

void BackupRenewal::wishIs(const std::optional<QByteArray> &content)
{
    m_wanted = m_evenUnwanted || !content || !isBackupUnwanted(*content);
}

Result<void> BackupRenewal::backupMade(const QString &version)
{
    m_made = true;
    return m_machine.recovery().newBackupAccepted(version);
}

} // namespace parvis::crypto
