// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "platform/keychain_vault.h"

#include <QTimer>
#include <qt6keychain/keychain.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

Error keychainError(QString code, QString detail = {})
{
    return {ErrorKind::Keychain, std::move(code), std::move(detail), 0};
}

/// QtKeychain's words are those of the service, in its language: the code is what counts, the rest is for
/// developers.
Error errorOf(const QKeychain::Job &job)
{
    const QString detail = u"keychain error "_s + QString::number(job.error()) + u": "_s + job.errorString();
    switch (job.error()) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return keychainError(u"PARVIS_KEYCHAIN_LOCKED"_s, detail);
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return keychainError(u"PARVIS_KEYCHAIN_ABSENT"_s, detail);
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    // A service that is there but has no open collection names the object that it has not; one that is not
    // there cannot name anything.
    const bool answered = job.errorString().contains("/org/freedesktop/secrets/"_L1);
    return keychainError(answered ? u"PARVIS_KEYCHAIN_LOCKED"_s : u"PARVIS_KEYCHAIN_ABSENT"_s, detail);
}

} // namespace

KeychainVault::KeychainVault(QString service, int patience, QObject *parent)
    : QObject(parent), m_service(std::move(service)), m_patience(patience)
{
}

Task<KeychainVault::Answer> KeychainVault::run(QKeychain::Job *job, const QString &name)
{
    auto promise = std::make_shared<Promise<Answer>>();
    auto task = promise->task();
    const auto settle = [promise, settled = std::make_shared<bool>(false)](Result<Answer> answer) {
        if (!std::exchange(*settled, true))
            promise->resolve(std::move(answer));
    };
    job->setKey(name);
    job->setInsecureFallback(false);
    // The job deletes itself. It cannot be called off: what it answers after our patience is not listened to.
    connect(job, &QKeychain::Job::finished, this, [settle](QKeychain::Job *done) {
        if (done->error() == QKeychain::EntryNotFound)
            return settle(Answer{.found = false, .value = {}});
        if (done->error() != QKeychain::NoError)
            return settle(tl::unexpected(errorOf(*done)));
        Answer answer;
        if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done)) {
            QByteArray bytes = read->binaryData();
            answer.value = Secret(bytes);
            wipe(bytes);
        }
        settle(std::move(answer));
    });
    QTimer::singleShot(m_patience, job, [settle] {
        settle(tl::unexpected(keychainError(u"PARVIS_KEYCHAIN_LOCKED"_s, u"no answer in time"_s)));
    });
    job->start();
    return task;
}

Task<KeychainVault::Answer> KeychainVault::lookUp(const QString &name)
{
    return run(new QKeychain::ReadPasswordJob(m_service), name);
}

Task<void> KeychainVault::put(const QString &name, Secret value)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setBinaryData(value.view().toByteArray());
    const auto kept = std::make_shared<Secret>(std::move(value));
    return run(job, name)
        .andThen(this, [this, name](Answer) { return lookUp(name); })
        .andThen(this, [kept](Answer back) -> Result<void> {
            if (!back.found || !back.value.equals(kept->view()))
                return tl::unexpected(keychainError(u"PARVIS_KEYCHAIN_FAILED"_s, u"not what was written"_s));
            return {};
        });
}

Task<void> KeychainVault::probe()
{
    const QString name = u"probe-"_s + QString::fromLatin1(Secret::random(8).view().toByteArray().toHex());
    return put(name, Secret::random(16))
        .andThen(this, [this, name] { return run(new QKeychain::DeletePasswordJob(m_service), name); })
        .andThen(this, [](Answer) { return Result<void>(); });
}

Task<void> KeychainVault::write(const QString &name, Secret value)
{
    return put(name, std::move(value));
}

Task<Secret> KeychainVault::read(const QString &name)
{
    return lookUp(name).andThen(this, [this, name](Answer answer) {
        if (answer.found)
            return Task<Secret>::ready(std::move(answer.value));
        // A keychain that is locked says "not found" too. It may be the probe that has the person unlock it.
        return probe()
            .andThen(this, [this, name] { return lookUp(name); })
            .andThen(this, [](Answer again) -> Result<Secret> {
                if (!again.found)
                    return tl::unexpected(keychainError(u"PARVIS_KEYCHAIN_EMPTY"_s));
                return std::move(again.value);
            });
    });
}

Task<void> KeychainVault::remove(const QString &name)
{
    // A locked keychain deletes nothing and calls it success: so it is made sure that it is open before.
    return probe()
        .andThen(this, [this, name] { return run(new QKeychain::DeletePasswordJob(m_service), name); })
        .andThen(this, [this, name](Answer) { return lookUp(name); })
        .andThen(this, [](Answer left) -> Result<void> {
            if (left.found)
                return tl::unexpected(keychainError(u"PARVIS_KEYCHAIN_FAILED"_s, u"still there"_s));
            return {};
        });
}

} // namespace parvis
