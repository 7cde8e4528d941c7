// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_login_port.h"

namespace parvis {

Task<ServerInfo> FakeLoginPort::discover(const QString &serverOrUser)
{
    asked += serverOrUser;
    return hold ? held(m_servers) : Task<ServerInfo>::ready(server);
}

Task<SessionInfo> FakeLoginPort::loginPassword(const PasswordLogin &asks, Secret password, Secret passphrase)
{
    asked += asks.user;
    lastPassword = password.view().toByteArray();
    lastPassphrase = passphrase.view().toByteArray();
    return hold ? held(m_sessions) : finish(asks.user);
}

Task<QList<StoredAccount>> FakeLoginPort::accounts()
{
    QList<StoredAccount> all;
    if (!stored.userId.isEmpty())
        all += stored;
    return hold ? held(m_accounts) : Task<QList<StoredAccount>>::ready(all);
}

Task<StoredAccount> FakeLoginPort::restore(const UserId &user, Secret passphrase)
{
    lastPassphrase = passphrase.view().toByteArray();
    ++restores;
    if (restoreError)
        return Task<StoredAccount>::ready(tl::unexpected(*restoreError));
    if (stored.state == StoredState::Ready)
        m_account.session.set(sessionOf(user));
    return Task<StoredAccount>::ready(stored);
}

Task<SessionInfo> FakeLoginPort::signInAgain(const UserId &user, Secret password)
{
    lastPassword = password.view().toByteArray();
    return finish(user.toString());
}

Task<void> FakeLoginPort::startOver(const UserId &)
{
    ++startOvers;
    return Task<void>::ready({});
}

Task<void> FakeLoginPort::logout(bool)
{
    m_account.session.set({});
    return Task<void>::ready({});
}

SessionInfo FakeLoginPort::sessionOf(const UserId &user) const
{
    SessionInfo session;
    session.userId = user;
    session.displayName = displayName;
    session.serverName = user.toString().section(u':', 1);
    return session;
}

Task<SessionInfo> FakeLoginPort::finish(const QString &user)
{
    if (!login)
        return Task<SessionInfo>::ready(tl::unexpected(login.error()));
    const auto session = sessionOf(UserId(user));
    m_account.session.set(session);
    return Task<SessionInfo>::ready(session);
}

} // namespace parvis
