// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "rooms/room_state.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parvis::rooms {

Result<PowerLevels> RoomState::powerLevels() const
{
    const auto levels = m_store.state(m_room, event_type::powerLevels);
    const auto create = m_store.state(m_room, event_type::create);
    if (!levels || !create)
        return tl::unexpected(!levels ? levels.error() : create.error());
    return PowerLevels(*levels, *create);
}

Result<QSet<UserId>> RoomState::serviceMembers() const
{
    const auto found = content(event_type::functionalMembers);
    if (!found)
        return tl::unexpected(found.error());
    QSet<UserId> users;
    for (const auto &user : (*found)["service_members"_L1].toArray()) {
        if (users.size() < 1000 && !user.toString().isEmpty())
            users.insert(UserId(user.toString()));
    }
    return users;
}

Result<QJsonObject> RoomState::content(const QString &type, const QString &stateKey) const
{
    const auto event = m_store.state(m_room, type, stateKey);
    if (!event)
        return tl::unexpected(event.error());
    return *event ? (*event)->content() : QJsonObject();
}

} // namespace parvis::rooms
