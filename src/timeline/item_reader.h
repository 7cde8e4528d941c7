// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/cache.h"
#include "timeline/item_factory.h"

namespace parvis::timeline {

/// So many reactions to one message are looked at.
inline constexpr int mostReactions = 1000;

/// So many votes and ends of one poll, and of each person.
inline constexpr int mostVotes = 20'000;
inline constexpr int mostVotesOfOne = 20;

/// The line of @p row, with everything that refers to it; nothing for what has none. Core thread.
[[nodiscard]] Result<std::optional<Item>> readItem(const Cache &cache, const RoomId &room,
                                                   const ItemFactory &factory, const TimelineRow &row);

} // namespace parvis::timeline
