// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/diagnostics_port.h"
#include "client/login_port.h"
#include "engine/engine.h"
#include "net/delay.h"
#include "policy/policy.h"
#include "session/login_flow.h"
#include "session/profile_store.h"
#include "session/server_discovery.h"

#include <functional>

namespace parvis {

/// What a program is started with.
struct CoreConfig {
    QString profileFolder;
    policy::Policy policy;
    QByteArray userAgent;
    /// Makes the vault, on the core thread.
    std::function<std::unique_ptr<session::SecretVault>()> makeVault;
    QString suggestedServer = {};         ///< proposed on the sign-in page before what the policy proposes
    std::function<bool()> onBattery = {}; ///< asked on the core thread; empty: nobody knows
    /// Whatever can be fetched again is fetched again: the first account that is opened begins with a new
    /// cache. Keys, what waits to be sent and drafts stay.
    bool rebuildCache = false;
};

/// Everything of the client that is not the window: the profile folder, signing in and out, the engine of the
/// open account. Made, used and destroyed on the core thread.
class Core : public QObject
{
    Q_OBJECT

public:
    explicit Core(CoreConfig config, const Clock &clock);
    ~Core() override;

    /// Takes the profile folder; PARVIS_PROFILE_IN_USE where another process has it.
    [[nodiscard]] Result<void> openProfile();

    /// Null while nobody is signed in.
    [[nodiscard]] Engine *engine() { return m_engine.get(); }
    [[nodiscard]] qint64 nowMs() const { return m_clock.nowMs(); }
    /// True while one engine takes the place of another of the same account: who follows it lets go of the
    /// old one, but need not show that there is none. Lasts while the disk does not let the new one begin.
    [[nodiscard]] bool isRenewing() const;
    /// How the account stands meanwhile; empty while nothing is in the way.
    [[nodiscard]] std::optional<StorageState> storageWhileRenewing() const;
    [[nodiscard]] std::optional<Connection> connectionWhileRenewing() const;
    /// The engine, or the error that a call without one gets.
    [[nodiscard]] Result<Engine *> needEngine();
    /// Ends the waiting of a back-off.
    void retryNow();

    [[nodiscard]] LoginRules rules() const;
    [[nodiscard]] Task<ServerInfo> discover(const QString &serverOrUser);
    [[nodiscard]] Task<SessionInfo> loginPassword(const PasswordLogin &login, Secret password,
                                                  Secret vaultPassphrase);
    /// Nothing is kept before the server has said that the token is this user's and this device's.
    [[nodiscard]] Task<SessionInfo> attach(const AttachAccount &account, Secret accessToken,
                                           Secret refreshToken);
    /// Makes an account of a session that the server has just opened, and opens it; where it cannot be kept,
    /// it is closed again.
    [[nodiscard]] Task<SessionInfo> keepSession(session::NewSession opened, Secret vaultPassphrase);
    [[nodiscard]] Task<QList<StoredAccount>> accounts();
    [[nodiscard]] Task<StoredAccount> restore(const UserId &user, Secret vaultPassphrase);
    [[nodiscard]] Task<SessionInfo> signInAgain(const UserId &user, Secret password);
    [[nodiscard]] Task<void> startOver(const UserId &user);
    [[nodiscard]] Task<LogoutPreview> logoutPreview();
    [[nodiscard]] Task<void> logout(bool everywhere);
    /// Ends all work in order; the answer comes when nothing is in flight.
    [[nodiscard]] Task<void> shutDown();

Q_SIGNALS:
    /// Another account is open, or none. Before an engine goes, this is sent with engine() already null.
    void engineChanged();

private:
    /// What is needed to open the account again, while no engine has it.
    struct Renewal {
        session::AccountFiles::Reopen reopen;
        bool wasStarted = false;
        int tries = 0;
        std::optional<Error> problem = {};
        qint64 retryAtMs = 0;
    };

    [[nodiscard]] Task<SessionInfo> storeSession(session::NewSession opened, Secret vaultPassphrase);
    [[nodiscard]] Result<SessionInfo> begin(std::unique_ptr<session::AccountFiles> files);
    [[nodiscard]] Result<std::unique_ptr<Engine>> openEngine(std::unique_ptr<session::AccountFiles> files);
    void renewCache();
    void tryRenewal();
    /// PARVIS_ALREADY_SIGNED_IN
    [[nodiscard]] Result<void> needNobody() const;
    [[nodiscard]] Task<void> closeEngine();
    [[nodiscard]] Result<void> mayBeAdded(const UserId &user) const;

    CoreConfig m_config;
    const Clock &m_clock;
    QtDelay m_delay;
    NetworkRules m_network;
    QtHttp m_http; ///< for what is asked before there is an account
    session::ServerDiscovery m_discovery;
    session::LoginFlow m_login;
    std::unique_ptr<session::SecretVault> m_vault;
    std::unique_ptr<session::ProfileStore> m_profiles;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Renewal> m_renewal; ///< from the end of one engine to the begin of the next
    int m_renewals = 0;
};

} // namespace parvis
