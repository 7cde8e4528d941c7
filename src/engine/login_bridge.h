// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/login_port.h"
#include "engine/core_link.h"

namespace parvis {

/// LoginPort over the core. UI thread.
class LoginBridge final : public QObject, public LoginPort
{
public:
    LoginBridge(CoreLink link, LoginRules rules);

    [[nodiscard]] LoginRules rules() const override { return m_rules; }
    [[nodiscard]] Task<ServerInfo> discover(const QString &serverOrUser) override;
    [[nodiscard]] Task<SessionInfo> loginPassword(const PasswordLogin &login, Secret password,
                                                  Secret vaultPassphrase) override;
    [[nodiscard]] Task<QList<StoredAccount>> accounts() override;
    [[nodiscard]] Task<StoredAccount> restore(const UserId &user, Secret vaultPassphrase) override;
    [[nodiscard]] Task<SessionInfo> signInAgain(const UserId &user, Secret password) override;
    [[nodiscard]] Task<void> startOver(const UserId &user) override;
    [[nodiscard]] Task<LogoutPreview> logoutPreview() override;
    [[nodiscard]] Task<void> logout(bool everywhere) override;

private:
    CoreLink m_link;
    LoginRules m_rules;
};

} // namespace parvis
