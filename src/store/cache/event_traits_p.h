// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/relation.h"
#include "events/room_event.h"

namespace parvis {

/// What is stored beside an event so that it can be found and counted.
struct EventTraits {
    QString relType;
    EventId relTarget;
    bool own = false;
    int counts = 0; ///< 1: unread until read; 2: and names the person
    bool preview = false;
};

[[nodiscard]] EventTraits traitsOf(const RoomEvent &event, const UserId &own);

} // namespace parvis
