// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/recovery_run.h"

#include "engine/identity_setup.h"
#include "engine/identity_word.h"
#include "engine/recovery_data.h"

using namespace Qt::StringLiterals;

namespace parvis {

Task<Secret> RecoveryRun::run(Engine &engine, Secret password, bool replace)
{
    const auto name = u"recovery"_s;
    if (engine.findChild<QObject *>(name, Qt::FindDirectChildrenOnly))
        return Task<Secret>::ready(fail(ErrorKind::Usage, u"PARVIS_RECOVERY_BUSY"_s));
    auto *run = new RecoveryRun(engine, std::move(password), replace);
    run->setObjectName(name);
    auto task = run->m_promise.task();
    identityWord(engine).then(run, [run](const Result<crypto::OwnIdentity> &own) {
        run->goOn(own.map([](const crypto::OwnIdentity &) {}));
    });
    return task;
}

RecoveryRun::RecoveryRun(Engine &engine, Secret password, bool replace)
    : EngineWork(engine), m_password(std::move(password)), m_setup(engine.machine(), replace)
{
}

void RecoveryRun::next()
{
    auto step = m_setup.next();
    if (!step)
        return finish(tl::unexpected(step.error()));
    std::visit([this](auto &what) { take(what); }, *step);
}

void RecoveryRun::goOn(const Result<void> &done)
{
    if (!done)
        return finish(tl::unexpected(done.error()));
    next();
}

void RecoveryRun::take(const crypto::RecoverySetup::ReadStorage & /*step*/)
{
    accountData(m_engine, u"m.secret_storage.default_key"_s)
        .andThen(this,
                 [this](const std::optional<QByteArray> &content) {
                     m_setup.storageIs(content);
                     return Result<void>();
                 })
        .then(this, [this](const Result<void> &done) { goOn(done); });
}

void RecoveryRun::take(const crypto::RecoverySetup::ReadWish & /*step*/)
{
    accountData(m_engine, u"m.key_backup"_s)
        .andThen(this,
                 [this](const std::optional<QByteArray> &content) {
                     m_setup.wishIs(content);
                     return Result<void>();
                 })
        .then(this, [this](const Result<void> &done) { goOn(done); });
}

void RecoveryRun::take(const crypto::RecoverySetup::MakeIdentity &step)
{
    IdentitySetup::run(m_engine, m_password.clone(), step.replace)
        .then(this, [this](const Result<void> &done) {
            if (done)
                m_setup.identityMade();
            goOn(done);
        });
}

void RecoveryRun::take(const crypto::RecoverySetup::AskForBackup & /*step*/)
{
    currentBackup(m_engine)
        .andThen(this, [this](const std::optional<QByteArray> &body) { return m_setup.backupIs(body); })
        .then(this, [this](const Result<void> &done) { goOn(done); });
}

void RecoveryRun::take(const crypto::RecoverySetup::MakeBackup &step)
{
    makeBackup(m_engine, step.body)
        .andThen(this, [this](const QString &version) { return m_setup.backupMade(version); })
        .then(this, [this](const Result<void> &done) { goOn(done); });
}

void RecoveryRun::take(const crypto::RecoverySetup::Write &step)
{
    writeAccountData(m_engine, step.what).then(this, [this](const Result<void> &done) {
        if (done)
            m_setup.written();
        goOn(done);
    });
}

void RecoveryRun::take(crypto::RecoverySetup::Done &step)
{
    finish(std::move(step.recoveryKey));
}

void RecoveryRun::finish(Result<Secret> result)
{
    if (std::exchange(m_done, true))
        return;
    m_engine.pump().kick(); // there is a backup for the keys now
    m_engine.lookAtCryptoAgain();
    setObjectName({});
    m_promise.resolve(std::move(result));
    deleteLater();
}

} // namespace parvis
