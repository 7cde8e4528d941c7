// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "session/secret_vault.h"

#include <QObject>

#include <functional>

namespace QKeychain {
class Job;
}

namespace parvis {

/// The operating system's keychain through QtKeychain. One thread, with an event loop, and the same one for
/// every KeychainVault of the process: QtKeychain keeps one queue. Never falls back to a file.
class KeychainVault : public QObject, public session::SecretVault
{
public:
    /// The person may be asked for a password meanwhile.
    static constexpr int patienceMs = 120'000;

    /// @p service: the application, as the keychain shows it. @p patience: how long to wait for one answer.
    explicit KeychainVault(QString service, int patience = patienceMs, QObject *parent = nullptr);

    [[nodiscard]] Task<void> write(const QString &name, Secret value) override;
    [[nodiscard]] Task<Secret> read(const QString &name) override;
    [[nodiscard]] Task<void> remove(const QString &name) override;

private:
    /// What one job answered; a keychain's "not found" is a value, because it may mean many things.
    struct Answer {
        bool found = true;
        Secret value;
    };

    Task<Answer> run(QKeychain::Job *job, const QString &name);
    Task<Answer> lookUp(const QString &name);
    Task<void> put(const QString &name, Secret value);
    /// True if the keychain keeps what it is given: only then does "not found" mean that there is no such
    /// entry.
    Task<void> probe();

    QString m_service;
    int m_patience;
};

} // namespace parvis
