// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/details_bridge.h"

#include "engine/room_details.h"
#include "engine/room_settings.h"
#include "engine/room_upgrade.h"

namespace parvis {

Task<RoomDetails> DetailsBridge::details(const RoomId &room)
{
    return m_link.askEngine(
        this, [room](Engine &engine) { return roomDetails(engine.cache(), engine.rooms(), room); });
}

Task<void> DetailsBridge::change(const RoomId &room, const RoomEdit &edit)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.settings().change(room, edit); });
}

Task<void> DetailsBridge::setPower(const RoomId &room, const UserId &user, qint64 power)
{
    return m_link.askEngine(this,
                            [=](Engine &engine) { return engine.settings().setPower(room, user, power); });
}

Task<RoomId> DetailsBridge::upgrade(const RoomId &room, const QString &version)
{
    return m_link.askEngine(this,
                            [=](Engine &engine) { return engine.roomUpgrade().upgrade(room, version); });
}

} // namespace parvis
