// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_store.h"
#include "crypto/record_cache_p.h"

#include <map>

namespace parvis::crypto {

/// Users and devices as one step sees them.
class DeviceTable
{
public:
    DeviceTable(CryptoStore &store, ReadFailure &failure) : m_store(store), m_failure(failure) {}

    /// Reads the devices of many users at once; the calls below then find them in memory.
    void load(const QList<UserId> &users);
    [[nodiscard]] QList<DeviceRecord> of(const UserId &user);
    [[nodiscard]] std::optional<DeviceRecord> find(const UserId &user, const DeviceId &device);
    [[nodiscard]] std::optional<DeviceRecord> find(const UserId &user, const Curve25519Key &key);
    void put(const DeviceRecord &record);
    void drop(const UserId &user, const DeviceId &device);

    [[nodiscard]] bool isTracked(const UserId &user);
    [[nodiscard]] bool isOutdated(const UserId &user);
    void setTracked(const UserId &user, bool outdated);

    void collect(CryptoChanges &changes) const;

private:
    struct Row {
        DeviceRecord record;
        bool changed = false;
    };
    using Rows = std::map<DeviceId, Row>;
    Rows &rowsOf(const UserId &user);

    CryptoStore &m_store;
    ReadFailure &m_failure;
    std::map<UserId, Rows> m_devices;
    QList<QPair<UserId, DeviceId>> m_dropped;
    RecordCache<UserId, TrackedUserRecord> m_users;
};

} // namespace parvis::crypto
