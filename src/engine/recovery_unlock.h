// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/backup_renewal.h"
#include "crypto/recovery_entry.h"
#include "engine/engine.h"
#include "engine/engine_work.h"

namespace parvis {

/// Gets the account's keys back with a recovery key or a passphrase: reads the secret storage, opens it on
/// the pool, takes in what fits; then the steps of a crypto::BackupRenewal, where no backup came back.
/// Deletes itself when it has answered. Core thread.
///
/// PARVIS_RECOVERY_NONE where the account has none, PARVIS_RECOVERY_CHANGED where what was typed does not
/// open it and it is not the one that this device knew; what crypto::openRecovery() and
/// KeyRecovery::takeSecrets() have.
class RecoveryUnlock : public EngineWork
{
public:
    [[nodiscard]] static Task<crypto::RecoveryOutcome> run(Engine &engine, crypto::TypedRecovery typed,
                                                           bool evenUnwanted);

private:
    RecoveryUnlock(Engine &engine, crypto::TypedRecovery typed, bool evenUnwanted);

    void readKey();
    void readSecrets();
    void open();
    void take(const Result<crypto::RecoveredSecrets> &secrets);
    [[nodiscard]] Result<crypto::RecoveryOutcome> taken(const crypto::RecoveredSecrets &secrets);
    void renew();
    void goOn(const Result<void> &done);
    void take(const crypto::BackupRenewal::AskForBackup &);
    void take(const crypto::BackupRenewal::ReadWish &);
    void take(const crypto::BackupRenewal::MakeBackup &step);
    void take(const crypto::BackupRenewal::Write &step);
    void take(const crypto::BackupRenewal::Done &step);
    void finish(Result<crypto::RecoveryOutcome> result);

    std::shared_ptr<crypto::TypedRecovery> m_typed;
    std::shared_ptr<crypto::StoredRecovery> m_stored = std::make_shared<crypto::StoredRecovery>();
    QStringList m_wanted;
    const bool m_evenUnwanted;
    crypto::OwnIdentity m_before; ///< what this device held when the key was typed
    crypto::RecoveryOutcome m_outcome;
    std::optional<crypto::BackupRenewal> m_renewal;
    Promise<crypto::RecoveryOutcome> m_promise;
    bool m_done = false;
};

} // namespace parvis
