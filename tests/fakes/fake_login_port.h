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
    Task<ServerInfo> discover(const QString &serverOrUser) override
    {
        asked += serverOrUser;
        return hold ? held(m_servers) : Task<ServerInfo>::ready(server);
    }
    Task<SessionInfo> loginPassword(const PasswordLogin &asks, Secret password, Secret passphrase) override
    {
        asked += asks.user;
        lastPassword = password.view().toByteArray();
        lastPassphrase = passphrase.view().toByteArray();
        return hold ? held(m_sessions) : finish(asks.user);
    }
    Task<QList<StoredAccount>> accounts() override
    {
        QList<StoredAccount> all;
        if (!stored.userId.isEmpty())
            all += stored;
        return hold ? held(m_accounts) : Task<QList<StoredAccount>>::ready(all);
    }
    Task<StoredAccount> restore(const UserId &user, Secret passphrase) override
    {
        lastPassphrase = passphrase.view().toByteArray();
        ++restores;
        if (restoreError)
            return Task<StoredAccount>::ready(tl::unexpected(*restoreError));
        if (stored.state == StoredState::Ready)
            m_account.session.set(sessionOf(user));
        return Task<StoredAccount>::ready(stored);
    }
    Task<SessionInfo> signInAgain(const UserId &user, Secret password) override
    {
        lastPassword = password.view().toByteArray();
        return finish(user.toString());
    }
    Task<void> startOver(const UserId &) override
    {
        ++startOvers;
        return Task<void>::ready({});
    }
    Task<LogoutPreview> logoutPreview() override { return Task<LogoutPreview>::ready(preview); }
    Task<void> logout(bool) override
    {
        m_account.session.set({});
        return Task<void>::ready({});
    }

    [[nodiscard]] SessionInfo sessionOf(const UserId &user) const
    {
        SessionInfo session;
        session.userId = user;
        session.displayName = displayName;
        session.serverName = user.toString().section(u':', 1);
        return session;
    }

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
    Task<SessionInfo> finish(const QString &user)
    {
        if (!login)
            return Task<SessionInfo>::ready(tl::unexpected(login.error()));
        const auto session = sessionOf(UserId(user));
        m_account.session.set(session);
        return Task<SessionInfo>::ready(session);
    }

    FakeAccountPort &m_account;
    std::vector<Promise<ServerInfo>> m_servers;
    std::vector<Promise<SessionInfo>> m_sessions;
    std::vector<Promise<QList<StoredAccount>>> m_accounts;
};

} // namespace parvis
