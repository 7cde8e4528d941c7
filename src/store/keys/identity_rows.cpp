// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Identities and secrets of keys.db: the reading half. What is written is in crypto_save.cpp.
#include "store/database.h"
#include "store/keys/crypto_store_sql.h"

namespace parvis::store {

using namespace crypto;

namespace {

constexpr auto selectIdentity =
    "SELECT user_id, master_key, master_json, self_signing_key, self_signing_json, user_signing_key,"
    " user_signing_json, pinned, signed_by, checked_for, verified, was_verified, signature_owed, given_up"
    " FROM identity ";

QList<Ed25519Key> keysOf(const QString &words)
{
    QList<Ed25519Key> keys;
    for (const QStringView word : QStringView(words).split(u' ', Qt::SkipEmptyParts))
        keys.append(Ed25519Key(word.toString()));
    return keys;
}

IdentityRecord readIdentity(const Statement &row)
{
    return {
        .user = row.get<UserId>(0),
        .master = {row.get<Ed25519Key>(1), row.get<QByteArray>(2)},
        .selfSigning = {row.get<Ed25519Key>(3), row.get<QByteArray>(4)},
        .userSigning = {row.get<Ed25519Key>(5), row.get<QByteArray>(6)},
        .pinned = row.get<Ed25519Key>(7),
        .givenUp = keysOf(row.get<QString>(13)),
        .signedBy = row.get<Ed25519Key>(8),
        .checkedFor = row.get<Ed25519Key>(9),
        .verified = row.get<Ed25519Key>(10),
        .wasVerified = row.get<bool>(11),
        .signatureOwed = row.get<bool>(12),
    };
}

} // namespace

Result<QHash<UserId, IdentityRecord>> CryptoStoreSql::identities(const QList<UserId> &users)
{
    QHash<UserId, IdentityRecord> found;
    for (const UserId &user : users) {
        auto row = m_keys.one(QByteArray(selectIdentity) + "WHERE user_id = ?", readIdentity, user);
        if (!row)
            return tl::unexpected(row.error());
        if (*row)
            found.insert(user, **std::move(row));
    }
    return found;
}

Result<QList<IdentityRecord>> CryptoStoreSql::identitiesToSign(qsizetype limit)
{
    return m_keys.all(QByteArray(selectIdentity) + "WHERE signature_owed = 1 ORDER BY user_id LIMIT ?",
                      readIdentity, limit);
}

Result<QList<IdentityRecord>> CryptoStoreSql::identitiesSignedBy(const Ed25519Key &key)
{
    return m_keys.all(QByteArray(selectIdentity) + "WHERE signed_by = ? AND signed_by <> '' ORDER BY user_id",
                      readIdentity, key);
}

Result<std::optional<SecretRecord>> CryptoStoreSql::secret(const QString &name)
{
    return m_keys.one(
        "SELECT sealed FROM secret WHERE name = ?",
        [&](const Statement &row) {
            return SecretRecord{name, row.get<QByteArray>(0)};
        },
        name);
}

} // namespace parvis::store
