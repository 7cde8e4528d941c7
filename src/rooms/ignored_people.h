// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/cache.h"

#include <QSet>

namespace parvis::rooms {

/// Whom the person wants to hear nothing of, as the account has it. The server leaves them out as well, if it
/// keeps its word. Core thread.
class IgnoredPeople
{
public:
    /// @p cache outlives it.
    explicit IgnoredPeople(const Cache &cache) : m_cache(cache) {}

    /// Takes in what the cache has now, which costs little where nothing changed; whether it is another list.
    [[nodiscard]] Result<bool> read();
    [[nodiscard]] bool contains(const UserId &user) const { return m_users.contains(user); }

private:
    const Cache &m_cache;
    QByteArray m_raw; ///< what the users were read from
    QSet<UserId> m_users;
};

} // namespace parvis::rooms
