// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_shields.h"

namespace parvis {

timeline::Item RoomShields::marked(timeline::Item item)
{
    if (item.session.isEmpty() || item.own || !item.isReadable())
        return item;
    const Message message(item.session, item.sender);
    auto known = m_known.constFind(message);
    if (known == m_known.cend())
        known = m_known.insert(message, m_crypto.shield(m_room, message.first, message.second));
    if (*known) {
        item.shield = (*known)->colour;
        item.shieldReason = (*known)->reason;
        item.sharedBy = (*known)->sharedBy;
    }
    return item;
}

void RoomShields::forget(const QList<UserId> &users)
{
    m_known.removeIf(
        [&](const auto &entry) { return users.isEmpty() || users.contains(entry.key().second); });
}

bool RoomShields::concerns(const timeline::Item &item, const QList<UserId> &users)
{
    return !item.session.isEmpty() && item.isReadable() && (users.isEmpty() || users.contains(item.sender));
}

} // namespace parvis
