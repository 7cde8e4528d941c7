// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/account_store.h"

#include "store/database.h"

using namespace Qt::StringLiterals;

namespace parvis::store {

Result<void> AccountStore::saveSession(const StoredSession &session)
{
    return m_keys.run("INSERT OR REPLACE INTO session (one, user_id, device_id, base_url, access_token,"
                      " refresh_token, expires_ms) VALUES (1, ?, ?, ?, ?, ?, ?)",
                      session.userId, session.deviceId, Utf8{session.baseUrl}, session.tokens.access,
                      session.tokens.refresh, session.tokens.expiresAtMs);
}

Result<std::optional<StoredSession>> AccountStore::session()
{
    return m_keys.one(
        "SELECT user_id, device_id, base_url, access_token, refresh_token, expires_ms FROM session",
        [](const Statement &row) {
            return StoredSession{row.get<UserId>(0), row.get<DeviceId>(1), row.get<QByteArray>(2),
                                 StoredTokens{row.get<Secret>(3), row.get<Secret>(4), row.get<qint64>(5)}};
        });
}

Result<void> AccountStore::saveTokens(const StoredTokens &tokens)
{
    auto done = m_keys.run("UPDATE session SET access_token = ?, refresh_token = ?, expires_ms = ?",
                           tokens.access, tokens.refresh, tokens.expiresAtMs);
    if (done && m_keys.changes() == 0)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_SESSION"_s);
    return done;
}

Result<void> AccountStore::forgetTokens()
{
    return saveTokens({});
}

Result<QString> AccountStore::position(const QString &name)
{
    auto value = m_keys.one(
        "SELECT value FROM position WHERE name = ?", [](const Statement &row) { return row.get<QString>(0); },
        name);
    if (!value)
        return tl::unexpected(value.error());
    return value->value_or(QString());
}

Result<void> AccountStore::setPosition(const QString &name, const QString &value)
{
    return m_keys.run("INSERT OR REPLACE INTO position (name, value) VALUES (?, ?)", name, value);
}

Result<QString> AccountStore::setting(const QString &name)
{
    return m_keys
        .one(
            "SELECT value FROM account_setting WHERE name = ?",
            [](const Statement &row) { return row.get<QString>(0); }, name)
        .map([](const std::optional<QString> &value) { return value.value_or(QString()); });
}

Result<void> AccountStore::setSetting(const QString &name, const QString &value)
{
    return m_keys.run("INSERT OR REPLACE INTO account_setting (name, value) VALUES (?, ?)", name, value);
}

Result<void> AccountStore::forgetPosition(const QString &name)
{
    return m_keys.run("DELETE FROM position WHERE name = ?", name);
}

} // namespace parvis::store
