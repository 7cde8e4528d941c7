// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/login_bridge.h"

namespace parvis {

namespace {

/// A Secret moves, and what is posted to another thread is copied: it travels in a box.
std::shared_ptr<Secret> box(Secret secret)
{
    return std::make_shared<Secret>(std::move(secret));
}

} // namespace

LoginBridge::LoginBridge(CoreLink link, LoginRules rules) : m_link(link), m_rules(std::move(rules)) {}

Task<ServerInfo> LoginBridge::discover(const QString &serverOrUser)
{
    return m_link.ask(this, [serverOrUser](Core &core) { return core.discover(serverOrUser); });
}

Task<SessionInfo> LoginBridge::loginPassword(const PasswordLogin &login, Secret password,
                                             Secret vaultPassphrase)
{
    return m_link.ask(this,
                      [login, password = box(std::move(password)),
                       passphrase = box(std::move(vaultPassphrase))](Core &core) {
                          return core.loginPassword(login, std::move(*password), std::move(*passphrase));
                      });
}

Task<QList<StoredAccount>> LoginBridge::accounts()
{
    return m_link.ask(this, [](Core &core) { return core.accounts(); });
}

Task<StoredAccount> LoginBridge::restore(const UserId &user, Secret vaultPassphrase)
{
    return m_link.ask(this, [user, passphrase = box(std::move(vaultPassphrase))](Core &core) {
        return core.restore(user, std::move(*passphrase));
    });
}

Task<SessionInfo> LoginBridge::signInAgain(const UserId &user, Secret password)
{
    return m_link.ask(this, [user, password = box(std::move(password))](Core &core) {
        return core.signInAgain(user, std::move(*password));
    });
}

Task<void> LoginBridge::startOver(const UserId &user)
{
    return m_link.ask(this, [user](Core &core) { return core.startOver(user); });
}

Task<LogoutPreview> LoginBridge::logoutPreview()
{
    return m_link.ask(this, [](Core &core) { return core.logoutPreview(); });
}

Task<void> LoginBridge::logout(bool everywhere)
{
    return m_link.ask(this, [everywhere](Core &core) { return core.logout(everywhere); });
}

} // namespace parvis
