// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_store.h"
#include "crypto/record_cache_p.h"

#include <map>

namespace parvis::crypto {

/// Cross-signing identities as one step sees them.
class IdentityTable
{
public:
    IdentityTable(CryptoStore &store, ReadFailure &failure) : m_store(store), m_failure(failure) {}

    /// Reads the identities of many users at once; the calls below then find them in memory.
    void load(const QList<UserId> &users);
    /// Empty: the user has none that we know.
    [[nodiscard]] std::optional<IdentityRecord> find(const UserId &user);
    void put(const IdentityRecord &record);

    void collect(CryptoChanges &changes) const;

private:
    struct Row {
        std::optional<IdentityRecord> record;
        bool changed = false;
    };
    CryptoStore &m_store;
    ReadFailure &m_failure;
    std::map<UserId, Row> m_rows;
};

} // namespace parvis::crypto
