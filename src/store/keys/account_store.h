// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

#include <optional>

namespace parvis {
class Database;
}

namespace parvis::store {

/// What proves to the server who we are.
struct StoredTokens {
    Secret access;
    Secret refresh;         ///< empty: the server gave none
    qint64 expiresAtMs = 0; ///< 0: not known

    [[nodiscard]] StoredTokens clone() const { return {access.clone(), refresh.clone(), expiresAtMs}; }
};

/// Who is signed in, and where.
struct StoredSession {
    UserId userId;
    DeviceId deviceId;
    QByteArray baseUrl;
    StoredTokens tokens; ///< both empty: the person has to sign in again, as the same device

    [[nodiscard]] StoredSession clone() const { return {userId, deviceId, baseUrl, tokens.clone()}; }
};

/// Session, tokens, sync positions and the person's settings of the account, in keys.db. Core thread.
class AccountStore
{
public:
    explicit AccountStore(Database &keys) : m_keys(keys) {}

    [[nodiscard]] Result<void> saveSession(const StoredSession &session);
    /// Nothing: nobody has ever been signed in.
    [[nodiscard]] Result<std::optional<StoredSession>> session();
    /// NotFound where there is no session.
    [[nodiscard]] Result<void> saveTokens(const StoredTokens &tokens);
    /// The server takes them no longer; everything else stays.
    [[nodiscard]] Result<void> forgetTokens();

    /// Empty: that stream was never read.
    [[nodiscard]] Result<QString> position(const QString &name);
    [[nodiscard]] Result<void> setPosition(const QString &name, const QString &value);
    [[nodiscard]] Result<void> forgetPosition(const QString &name);

    /// Empty: it was never set.
    [[nodiscard]] Result<QString> setting(const QString &name);
    [[nodiscard]] Result<void> setSetting(const QString &name, const QString &value);

private:
    Database &m_keys;
};

} // namespace parvis::store
