// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/values.h"
#include "rooms/room_list.h"

namespace parvis {

/// What the list shows beside what the room says of itself.
struct RoomExtras {
    bool hasDraft = false;
    bool hasFailed = false;
};

/// The core's view of a room as the window's row.
[[nodiscard]] RoomSummary toClient(const rooms::Summary &room, const RoomExtras &extras);
/// The room's name; where it is one person, theirs without the organisation in brackets.
[[nodiscard]] QString shownName(const rooms::Summary &room);
/// The kind of a room that has access rules, as a State's messenger names it.
[[nodiscard]] RoomKind kindByRules(bool encrypted, const AccessRules &rules);
[[nodiscard]] RoomKind kindOf(const rooms::Summary &room);
[[nodiscard]] Membership toClient(MemberState state);
[[nodiscard]] UnreadTotals toClient(const rooms::Totals &totals);

} // namespace parvis
