// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/login_port.h"
#include "fakes/fake_account_port.h"

namespace parvis {

/// Signing in against answers that a test sets. With hold, nothing is answered until the port dies.
class FakeLoginPort : public LoginPort
{
public:
    explicit FakeLoginPort(FakeAccountPort &account) : m_account(account) {}

    LoginRules rules() const override { return rulesAnswer; }
    Task<ServerInfo> discover(const QString &serverOrUser) override;
    Task<SessionInfo> loginPassword(const PasswordLogin &asks, Secret password, Secret passphrase) override;
    Task<QList<StoredAccount>> accounts() override;
    Task<StoredAccount> restore(const UserId &user, Secret passphrase) override;
    Task<SessionInfo> signInAgain(const UserId &user, Secret password) override;
    Task<void> startOver(const UserId &) override;
    Task<LogoutPreview> logoutPreview() override { return Task<LogoutPreview>::ready(preview); }
    Task<void> logout(bool) override;
    [[nodiscard]] SessionInfo sessionOf(const UserId &user) const;

    LoginRules rulesAnswer;
    Result<ServerInfo> server = fail(ErrorKind::Network, QStringLiteral("PARVIS_FAKE"));
    Result<void> login;   ///< what a password gets
    StoredAccount stored; ///< without a user id: nobody
    std::optional<Error> restoreError;
    LogoutPreview preview;
    QString displayName;
    bool hold = false;
    QStringList asked;
    QByteArray lastPassword;
    QByteArray lastPassphrase;
    int restores = 0;
    int startOvers = 0;

private:
    template <typename T>
    Task<T> held(std::vector<Promise<T>> &promises)
    {
        promises.emplace_back();
        return promises.back().task();
    }
    Task<SessionInfo> finish(const QString &user);

    FakeAccountPort &m_account;
    std::vector<Promise<ServerInfo>> m_servers;
    std::vector<Promise<SessionInfo>> m_sessions;
    std::vector<Promise<QList<StoredAccount>>> m_accounts;
};

} // namespace parvis
