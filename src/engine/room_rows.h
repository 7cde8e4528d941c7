// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_list_port.h"
#include "engine/engine_follow.h"
#include "engine/mapped_list.h"

namespace parvis {

/// The rows of one view of the room list, with what the account adds to them (drafts, failed messages).
[[nodiscard]] ListSource<RoomSummary> roomRows(Engine &engine, const RoomFilter &filter);

} // namespace parvis
