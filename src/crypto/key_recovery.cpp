// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_recovery.h"

#include "crypto/identity_trust_p.h"
#include "crypto/key_import_p.h"
#include "crypto/machine_parts_p.h"
#include "crypto/recovery_key.h"
#include "crypto/secrets_p.h"
#include "crypto/storage_setup_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

void KeyRecovery::checkBackup()
{
    m_parts.backup.versions.check();
}

Result<void> KeyRecovery::backupIs(const std::optional<QByteArray> &body)
{
    CryptoStep step(m_parts.context);
    auto done = m_parts.backup.versions.seen(step, body).and_then([&] { return step.commit(); });
    if (!done)
        m_parts.backup.versions.check();
    return done;
}

Result<BackupView> KeyRecovery::backup() const
{
    CryptoStep step(m_parts.context);
    return answered(step, m_parts.backup.versions.view(step));
}

Result<QByteArray> KeyRecovery::newBackup()
{
    CryptoStep step(m_parts.context);
    const auto body = BackupVersions::begin(step);
    if (!body)
        return tl::unexpected(step.failure.first.value_or(body.error()));
    return committed(step, *body);
}

Result<void> KeyRecovery::newBackupAccepted(const QString &version)
{
    CryptoStep step(m_parts.context);
    auto done = m_parts.backup.versions.accepted(step, version).and_then([&] { return step.commit(); });
    if (!done)
        m_parts.backup.versions.check();
    return done;
}

Result<void> KeyRecovery::oweBackupKey()
{
    CryptoStep step(m_parts.context);
    return BackupVersions::oweKey(step, true).and_then([&] { return step.commit(); });
}

Result<void> KeyRecovery::backupKeyWritten()
{
    CryptoStep step(m_parts.context);
    return BackupVersions::oweKey(step, false).and_then([&] { return step.commit(); });
}

Result<bool> KeyRecovery::takeBackupKey(const Secret &key)
{
    CryptoStep step(m_parts.context);
    const auto taken =
        m_parts.backup.versions.take(step, key).and_then([&](bool ours) { return committed(step, ours); });
    if (!taken)
        m_parts.backup.versions.check();
    return taken;
}

Result<Secret> KeyRecovery::backupKey() const
{
    CryptoStep step(m_parts.context);
    return answered(step, readSecret(step, QString::fromLatin1(BackupVersions::secretName)));
}

void KeyRecovery::wantFromBackup(const RoomId &room, const SessionId &session)
{
    m_parts.backup.downloads.want(room, session);
}

Result<void> KeyRecovery::askAgain(const RoomId &room, const SessionId &session)
{
    m_parts.backup.downloads.wantNow(room, session);
    CryptoStep step(m_parts.context);
    m_parts.gossip.wantKeyNow(step, room, session);
    return step.commit();
}

Result<qsizetype> KeyRecovery::wantWithheldByOwnDevices()
{
    CryptoStep step(m_parts.context);
    const auto rows = step.failure.take(step.store().withheldBy(step.own().user, u"m.unverified"_s));
    qsizetype wanted = 0;
    for (const WithheldRecord &row : rows) {
        if (!step.rooms.inbound(row.room, row.session).isEmpty())
            continue;
        m_parts.backup.downloads.wantNow(row.room, row.session);
        ++wanted;
    }
    return answered(step, wanted);
}

bool KeyRecovery::isWantedFromBackup(const RoomId &room, const SessionId &session) const
{
    return m_parts.backup.downloads.isWanted(room, session, m_parts.context.clock.nowMs());
}

KeyImporter KeyRecovery::importer() const
{
    return KeyImporter(m_parts.context.pickleKey.clone());
}

Result<ImportOutcome> KeyRecovery::import(const QList<InboundSessionRecord> &prepared)
{
    CryptoStep step(m_parts.context);
    ImportOutcome outcome;
    for (const InboundSessionRecord &record : prepared) {
        if (!importSession(step, record))
            continue;
        ++outcome.imported;
        outcome.sessions.append({record.room, record.session});
    }
    KeyGossip::keysAreHere(step, outcome.sessions);
    return committed(step, outcome);
}

Result<void> KeyRecovery::beginStorage(bool replace)
{
    CryptoStep step(m_parts.context);
    if (auto begun = beginStorageSetup(step, replace); !begun)
        return tl::unexpected(begun.error());
    return step.commit();
}

Result<void> KeyRecovery::abandonStorage()
{
    CryptoStep step(m_parts.context);
    return endStorageSetup(step).and_then([&] { return step.commit(); });
}

Result<QString> KeyRecovery::begunStorage() const
{
    CryptoStep step(m_parts.context);
    return answered(step, storageSetup(step).id);
}

Result<bool> KeyRecovery::begunStorageReplaces() const
{
    CryptoStep step(m_parts.context);
    return answered(step, storageSetup(step).replaces);
}

Result<QList<AccountDataWrite>> KeyRecovery::storageWrites(bool backup)
{
    CryptoStep step(m_parts.context);
    const StorageSetup setup = storageSetup(step);
    if (!setup.isBegun())
        return fail(ErrorKind::Bug, u"PARVIS_RECOVERY_NONE"_s, u"not begun"_s);
    const auto writes = crypto::storageWrites(step, setup, backup);
    if (!writes)
        return tl::unexpected(step.failure.first.value_or(writes.error()));
    return answered(step, *writes);
}

Result<QList<AccountDataWrite>> KeyRecovery::backupWrites(const QString &storage, const Secret &key,
                                                          bool made)
{
    CryptoStep step(m_parts.context);
    const auto writes = crypto::backupWrites(step, storage, key, made);
    if (!writes)
        return tl::unexpected(step.failure.first.value_or(writes.error()));
    return answered(step, *writes);
}

Result<Secret> KeyRecovery::storageWritten()
{
    CryptoStep step(m_parts.context);
    const StorageSetup setup = storageSetup(step);
    RecoveryRecord record = recoveryRow(step);
    record.storageKey = setup.id;
    step.changes.recovery = record;
    auto letters = encodeRecoveryKey(setup.key);
    if (!letters)
        return letters;
    if (auto written = BackupVersions::oweKey(step, false); !written)
        return tl::unexpected(written.error());
    return committed(step, *std::move(letters));
}

Result<void> KeyRecovery::recoveryKeySeen()
{
    return abandonStorage();
}

Result<QString> KeyRecovery::knownStorageKey() const
{
    CryptoStep step(m_parts.context);
    return answered(step, recoveryRow(step).storageKey);
}

Result<RecoveryOutcome> KeyRecovery::takeSecrets(const RecoveredSecrets &secrets)
{
    CryptoStep step(m_parts.context);
    RecoveryOutcome outcome{.identity = true};
    const std::pair<CrossSigningRole, const Secret &> keys[] = {
        {CrossSigningRole::Master, secrets.master},
        {CrossSigningRole::SelfSigning, secrets.selfSigning},
        {CrossSigningRole::UserSigning, secrets.userSigning}};
    for (const auto &[role, seed] : keys) {
        if (seed.isEmpty()) {
            outcome.identity = false;
            continue;
        }
        const auto taken = CrossSigning::take(step, role, seed);
        if (!taken)
            return tl::unexpected(step.failure.first.value_or(taken.error()));
        if (!*taken)
            return tl::unexpected(step.failure.first.value_or(
                Error{ErrorKind::Crypto, u"PARVIS_RECOVERY_OTHER_IDENTITY"_s, word(role), 0}));
    }
    if (!secrets.backup.isEmpty()) {
        const auto taken = m_parts.backup.versions.take(step, secrets.backup);
        if (!taken)
            return tl::unexpected(taken.error());
        outcome.backup = *taken;
        // The storage has it.
        if (auto noted = *taken ? BackupVersions::oweKey(step, false) : Result<void>(); !noted)
            return tl::unexpected(noted.error());
    }
    RecoveryRecord record = recoveryRow(step);
    record.storageKey = secrets.storageKey;
    step.changes.recovery = record;
    m_parts.tracker.invalidateAll(step);
    auto done = step.commit();
    // Not kept; or signed by the identity that is known as ours from now on.
    if (!done || !outcome.backup)
        m_parts.backup.versions.checkAgain();
    if (!done)
        return tl::unexpected(done.error());
    return outcome;
}

} // namespace parvis::crypto
