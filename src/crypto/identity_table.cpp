// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/identity_table_p.h"

namespace parvis::crypto {

void IdentityTable::load(const QList<UserId> &users)
{
    QList<UserId> missing;
    for (const UserId &user : users) {
        if (!m_rows.contains(user))
            missing.append(user);
    }
    if (missing.isEmpty())
        return;
    const auto found = m_failure.take(m_store.identities(missing));
    for (const UserId &user : std::as_const(missing)) {
        const auto it = found.constFind(user);
        m_rows[user] = Row{it == found.cend() ? std::nullopt : std::optional(*it), false};
    }
}

std::optional<IdentityRecord> IdentityTable::find(const UserId &user)
{
    load({user});
    return m_rows[user].record;
}

void IdentityTable::put(const IdentityRecord &record)
{
    m_rows[record.user] = Row{record, true};
}

void IdentityTable::collect(CryptoChanges &changes) const
{
    for (const auto &[user, row] : m_rows) {
        if (row.changed)
            changes.identities.append(*row.record);
    }
}

} // namespace parvis::crypto
