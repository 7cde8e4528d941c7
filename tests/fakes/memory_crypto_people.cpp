// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Devices, identities and secrets of the store in memory.
#include "fakes/find_row.h"
#include "fakes/memory_crypto_store.h"

namespace parvis::crypto {

Result<std::optional<TrackedUserRecord>> MemoryCryptoStore::trackedUser(const UserId &user)
{
    return find(tables.users, user);
}

Result<QList<UserId>> MemoryCryptoStore::outdatedUsers(qsizetype limit)
{
    QList<UserId> found;
    for (const auto &[id, user] : tables.users) {
        if (user.outdated && found.size() < limit)
            found.append(id);
    }
    return found;
}

Result<QHash<UserId, QList<DeviceRecord>>> MemoryCryptoStore::devices(const QList<UserId> &users)
{
    QHash<UserId, QList<DeviceRecord>> found;
    for (const UserId &user : users) {
        const auto first = tables.devices.lower_bound({user, DeviceId()});
        for (auto it = first; it != tables.devices.end() && it->first.first == user; ++it) {
            if (it == first)
                found[user].clear();
            found[user].append(it->second);
        }
    }
    return found;
}

Result<QHash<UserId, IdentityRecord>> MemoryCryptoStore::identities(const QList<UserId> &users)
{
    QHash<UserId, IdentityRecord> found;
    for (const UserId &user : users) {
        if (const auto row = find(tables.identities, user))
            found.insert(user, *row);
    }
    return found;
}

Result<QList<IdentityRecord>> MemoryCryptoStore::identitiesToSign(qsizetype limit)
{
    QList<IdentityRecord> found;
    for (const auto &[user, row] : tables.identities) {
        if (row.signatureOwed && found.size() < limit)
            found.append(row);
    }
    return found;
}

Result<QList<IdentityRecord>> MemoryCryptoStore::identitiesSignedBy(const Ed25519Key &key)
{
    QList<IdentityRecord> found;
    for (const auto &[user, row] : tables.identities) {
        if (row.signedBy == key && !key.isEmpty())
            found.append(row);
    }
    return found;
}

Result<std::optional<SecretRecord>> MemoryCryptoStore::secret(const QString &name)
{
    const auto sealed = find(tables.secrets, name);
    return sealed ? std::optional(SecretRecord{name, *sealed}) : std::nullopt;
}

Result<QList<DeviceRecord>> MemoryCryptoStore::devicesToUnwedge(qsizetype limit)
{
    QList<DeviceRecord> found;
    for (const auto &[key, device] : tables.devices) {
        if (device.unwedgePending && found.size() < limit)
            found.append(device);
    }
    return found;
}

} // namespace parvis::crypto
