// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/values.h"
#include "engine/engine.h"

namespace parvis {

/// The people of a room, those who are in it and those who are invited; asks the server where only some are
/// known.
[[nodiscard]] Task<QList<MemberCard>> memberCards(Engine &engine, const RoomId &room);

} // namespace parvis
