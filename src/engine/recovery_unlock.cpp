// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/recovery_unlock.h"

#include "crypto/recovery_setup.h"
#include "engine/identity_word.h"
#include "engine/pool_task.h"
#include "engine/recovery_data.h"

using namespace Qt::StringLiterals;

namespace parvis {

Task<crypto::RecoveryOutcome> RecoveryUnlock::run(Engine &engine, crypto::TypedRecovery typed,
                                                  bool evenUnwanted)
{
    auto *unlock = new RecoveryUnlock(engine, std::move(typed), evenUnwanted);
    auto task = unlock->m_promise.task();
    identityWord(engine).then(unlock, [unlock](const Result<crypto::OwnIdentity> &own) {
        if (!own)
            return unlock->finish(tl::unexpected(own.error()));
        unlock->m_before = *own;
        unlock->readKey();
    });
    return task;
}

RecoveryUnlock::RecoveryUnlock(Engine &engine, crypto::TypedRecovery typed, bool evenUnwanted)
    : EngineWork(engine),
      m_typed(std::make_shared<crypto::TypedRecovery>(std::move(typed))),
      m_wanted(crypto::recoverySecretNames()),
      m_evenUnwanted(evenUnwanted)
{
}

void RecoveryUnlock::readKey()
{
    accountData(m_engine, u"m.secret_storage.default_key"_s)
        .andThen(this,
                 [this](const std::optional<QByteArray> &content) -> Task<std::optional<QByteArray>> {
                     m_stored->keyId = crypto::defaultStorageKey(content.value_or(QByteArray()));
                     if (m_stored->keyId.isEmpty())
                         return Task<std::optional<QByteArray>>::ready(
                             fail(ErrorKind::NotFound, u"PARVIS_RECOVERY_NONE"_s));
                     return accountData(m_engine, u"m.secret_storage.key."_s + m_stored->keyId);
                 })
        .then(this, [this](const Result<std::optional<QByteArray>> &description) {
            if (!description)
                return finish(tl::unexpected(description.error()));
            m_stored->description = description->value_or(QByteArray());
            readSecrets();
        });
}

void RecoveryUnlock::readSecrets()
{
    if (m_wanted.isEmpty())
        return open();
    const QString name = m_wanted.takeFirst();
    accountData(m_engine, name).then(this, [this, name](const Result<std::optional<QByteArray>> &content) {
        if (!content)
            return finish(tl::unexpected(content.error()));
        if (*content)
            m_stored->secrets[name] = **content;
        readSecrets();
    });
}

void RecoveryUnlock::open()
{
    askForBackup(m_engine)
        .andThen(this,
                 [this] {
                     return runOnPool(m_engine.pool(), [typed = m_typed, stored = m_stored] {
                         return crypto::openRecovery(*typed, *stored);
                     });
                 })
        .then(this, [this](const Result<crypto::RecoveredSecrets> &secrets) { take(secrets); });
}

void RecoveryUnlock::take(const Result<crypto::RecoveredSecrets> &secrets)
{
    if (secrets) {
        const auto outcome = taken(*secrets);
        if (!outcome || outcome->backup || !outcome->identity)
            return finish(outcome);
        m_outcome = *outcome;
        m_renewal.emplace(m_engine.machine(), m_before, *secrets, m_evenUnwanted);
        return renew();
    }
    const auto known = m_engine.machine().recovery().knownStorageKey();
    const bool changed = known && !known->isEmpty() && *known != m_stored->keyId;
    if (changed && secrets.error().code == "PARVIS_RECOVERY_WRONG_KEY"_L1)
        return finish(fail(ErrorKind::Crypto, u"PARVIS_RECOVERY_CHANGED"_s));
    finish(tl::unexpected(secrets.error()));
}

Result<crypto::RecoveryOutcome> RecoveryUnlock::taken(const crypto::RecoveredSecrets &secrets)
{
    crypto::KeyRecovery recovery = m_engine.machine().recovery();
    const auto outcome = recovery.takeSecrets(secrets);
    if (!outcome)
        return outcome;
    // Whoever types the key of a setup that ended here has it: it need not be shown again.
    if (const auto begun = recovery.begunStorage(); begun && *begun == secrets.storageKey) {
        if (auto seen = recovery.recoveryKeySeen(); !seen)
            return tl::unexpected(seen.error());
    }
    fetchMissingKeys(m_engine);
    m_engine.pump().kick();
    return outcome;
}

void RecoveryUnlock::renew()
{
    const auto step = m_renewal->next();
    if (!step)
        return finish(tl::unexpected(step.error()));
    std::visit([this](const auto &what) { take(what); }, *step);
}

void RecoveryUnlock::goOn(const Result<void> &done)
{
    if (!done)
        return finish(tl::unexpected(done.error()));
    renew();
}

void RecoveryUnlock::take(const crypto::BackupRenewal::AskForBackup & /*step*/)
{
    currentBackup(m_engine)
        .andThen(this, [this](const std::optional<QByteArray> &body) { return m_renewal->backupIs(body); })
        .then(this, [this](const Result<void> &done) { goOn(done); });
}

void RecoveryUnlock::take(const crypto::BackupRenewal::ReadWish & /*step*/)
{
    accountData(m_engine, u"m.key_backup"_s)
        .andThen(this,
                 [this](const std::optional<QByteArray> &content) {
                     m_renewal->wishIs(content);
                     return Result<void>();
                 })
        .then(this, [this](const Result<void> &done) { goOn(done); });
}

void RecoveryUnlock::take(const crypto::BackupRenewal::MakeBackup &step)
{
    makeBackup(m_engine, step.body)
        .andThen(this, [this](const QString &version) { return m_renewal->backupMade(version); })
        .then(this, [this](const Result<void> &done) { goOn(done); });
}

void RecoveryUnlock::take(const crypto::BackupRenewal::Write &step)
{
    writeAccountData(m_engine, step.what).then(this, [this](const Result<void> &done) {
        if (done)
            m_renewal->written();
        goOn(done);
    });
}

void RecoveryUnlock::take(const crypto::BackupRenewal::Done &step)
{
    m_outcome.backup = step.backup;
    m_outcome.renewed = step.made;
    m_engine.pump().kick(); // there is a backup for the keys now
    m_engine.lookAtCryptoAgain();
    finish(m_outcome);
}

void RecoveryUnlock::finish(Result<crypto::RecoveryOutcome> result)
{
    if (std::exchange(m_done, true))
        return;
    m_promise.resolve(std::move(result));
    deleteLater();
}

} // namespace parvis
