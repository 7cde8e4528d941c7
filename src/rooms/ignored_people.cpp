// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ignored_people.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parvis::rooms {

Result<bool> IgnoredPeople::read()
{
    const auto raw = m_cache.rooms().accountData(event_type::ignoredUsers);
    if (!raw)
        return tl::unexpected(raw.error());
    if (*raw == m_raw)
        return false;
    m_raw = *raw;
    m_users.clear();
    const QJsonObject users = QJsonDocument::fromJson(m_raw)["content"_L1]["ignored_users"_L1].toObject();
    for (auto it = users.begin(); it != users.end(); ++it)
        m_users.insert(UserId(it.key()));
    m_users.remove(m_cache.own()); // the list is what the server says of it
    return true;
}

} // namespace parvis::rooms
