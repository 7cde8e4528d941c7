// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_details_port.h"
#include "events/power_levels.h"
#include "rooms/room_list.h"

namespace parvis {

/// What RoomDetailsPort::details() promises. Core thread; a handful of queries.
[[nodiscard]] Result<RoomDetails> roomDetails(const Cache &cache, const rooms::RoomList &rooms,
                                              const RoomId &room);

/// What a member may do there.
[[nodiscard]] RoomRights rightsOf(const PowerLevels &levels, const UserId &user, const rooms::Summary &room);

} // namespace parvis
