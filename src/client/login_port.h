// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"
#include "base/task.h"
#include "client/values.h"

namespace parvis {

/// The ways of signing in that the server offers and the policy allows.
struct LoginFlows {
    bool password = false;
    bool sso = false;
    bool token = false;
    bool oauth = false;

    bool operator==(const LoginFlows &) const = default;
};

/// A homeserver that was found.
struct ServerInfo {
    QString serverName; ///< as typed or taken from the Matrix id
    QString baseUrl;
    QString user; ///< the Matrix id that was typed; empty if only a server was
    LoginFlows flows;

    bool operator==(const ServerInfo &) const = default;
};

/// What the administrator's configuration says about signing in.
struct LoginRules {
    QStringList servers;     ///< empty: any server
    QString suggestedServer; ///< prefilled; empty: none
    bool passphraseVault = true;

    bool operator==(const LoginRules &) const = default;
};

/// What is needed to sign in with a password.
struct PasswordLogin {
    QString baseUrl; ///< ServerInfo::baseUrl
    QString user;    ///< a Matrix id or the part before its colon
    QString deviceName;
};

/// How an account that is on this computer stands.
enum class StoredState {
    Ready,           ///< restore() will open it
    NeedsPassphrase, ///< its key is under a passphrase
    KeychainAbsent,  ///< no keychain service answers
    KeychainLocked,
    KeychainEmpty, ///< the keychain answers, our entry is gone: the data cannot be read without it
    WrongKey,      ///< the keychain's key does not open the files
    Damaged,       ///< a file is damaged; it was set aside and kept
    NewerVersion,  ///< written by a newer Parvis
    SignedOut,     ///< opens, but the server no longer takes the token: sign in as the same device
};

/// An account that is on this computer.
struct StoredAccount {
    /// Where nothing can be read any more that says whose it is: the name of its folder, which restore() and
    /// startOver() take as well.
    UserId userId;
    DeviceId deviceId;
    QString homeserver; ///< base URL
    QString displayName;
    StoredState state = StoredState::Ready;
    std::optional<Error> problem; ///< with any state but Ready and NeedsPassphrase

    bool operator==(const StoredAccount &) const = default;
};

/// What would be lost by signing out, to be named before asking.
struct LogoutPreview {
    int unsent = 0;              ///< messages that are still in the queue
    int drafts = 0;              ///< rooms in which a text is begun or a file joined
    int keysNotBackedUp = 0;     ///< keys of messages that no backup holds
    bool otherDevices = false;   ///< another device of the person can still read the history
    bool recoverable = false;    ///< a recovery key that the person has confirmed opens the history later
    bool serverReachable = true; ///< false: the server will not hear of it now

    bool operator==(const LogoutPreview &) const = default;
};

/// From a server's name to a session, and back. UI thread.
///
/// Session changes are seen through AccountPort::subscribeSession; a Task that succeeds answers after it.
class LoginPort
{
public:
    virtual ~LoginPort() = default;

    [[nodiscard]] virtual LoginRules rules() const = 0;

    /// @p serverOrUser: "exemple.gouv", "https://matrix.exemple.gouv" or "@claire:exemple.gouv".
    [[nodiscard]] virtual Task<ServerInfo> discover(const QString &serverOrUser) = 0;

    /// Signs in and opens the new account. The keychain is tried before the server is asked: with a
    /// failure of kind Keychain no device was made. With @p vaultPassphrase the account's key is kept
    /// under it instead of in the keychain (where the rules allow that).
    [[nodiscard]] virtual Task<SessionInfo> loginPassword(const PasswordLogin &login, Secret password,
                                                          Secret vaultPassphrase) = 0;

    /// What is on this computer, without opening it; never asks the server.
    [[nodiscard]] virtual Task<QList<StoredAccount>> accounts() = 0;

    /// Opens an account. Answers its state: anything but Ready says what the person must choose.
    /// @p vaultPassphrase only for NeedsPassphrase; a wrong one is an error of kind Auth.
    [[nodiscard]] virtual Task<StoredAccount> restore(const UserId &user, Secret vaultPassphrase) = 0;

    /// For SignedOut and SessionInfo::needsSignIn: the same device, with its keys and its queue.
    [[nodiscard]] virtual Task<SessionInfo> signInAgain(const UserId &user, Secret password) = 0;

    /// Only after the person agreed to it in words: sets the account's files aside (kept, not wiped),
    /// so that the next login is a new device. The queue and the drafts in them are no longer reachable.
    [[nodiscard]] virtual Task<void> startOver(const UserId &user) = 0;

    [[nodiscard]] virtual Task<LogoutPreview> logoutPreview() = 0;
    /// Tells the server, then wipes keys and files of the open account. A server that cannot be reached
    /// does not keep the person signed in: the wiping is done and the answer is the error.
    [[nodiscard]] virtual Task<void> logout(bool everywhere) = 0;
};

} // namespace parvis
