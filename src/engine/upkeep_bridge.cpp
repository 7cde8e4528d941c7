// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/upkeep_bridge.h"

#include "engine/room_upkeep.h"

namespace parvis {

Task<void> UpkeepBridge::moderate(const RoomId &room, const UserId &user, MemberAction action,
                                  const QString &reason)
{
    return m_link.askEngine(
        this, [=](Engine &engine) { return engine.upkeep().moderate(room, user, action, reason); });
}

Task<RoomId> UpkeepBridge::knock(const QString &roomOrAlias, const QStringList &via, const QString &reason)
{
    return m_link.askEngine(this,
                            [=](Engine &engine) { return engine.upkeep().knock(roomOrAlias, via, reason); });
}

Task<void> UpkeepBridge::forget(const RoomId &room)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.upkeep().forget(room); });
}

Task<void> UpkeepBridge::setTag(const RoomId &room, RoomTag tag, bool on)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.upkeep().setTag(room, tag, on); });
}

Task<void> UpkeepBridge::setMarkedUnread(const RoomId &room, bool on)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.upkeep().setMarkedUnread(room, on); });
}

} // namespace parvis
