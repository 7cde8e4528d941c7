// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_details_port.h"
#include "rooms/room_list.h"

#include <QJsonObject>

namespace parvis {

/// One event that a change of a room sends.
struct RoomEditStep {
    QString field; ///< of RoomEdit, in the driver's word
    QString type;
    QJsonObject content;

    bool operator==(const RoomEditStep &) const = default;
};

/// What has to be sent to make @p edit true, in its order; nothing for what is so already. All of it is
/// checked: PARVIS_NO_SUCH_ROOM, PARVIS_BAD_ROOM_VALUE, PARVIS_RIGHTS_NOT_ENOUGH, with the field in the
/// detail. Core thread.
[[nodiscard]] Result<QList<RoomEditStep>> planRoomEdit(const Cache &cache, const rooms::RoomList &rooms,
                                                       const RoomId &room, const RoomEdit &edit);

} // namespace parvis
