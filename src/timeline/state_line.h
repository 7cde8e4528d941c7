// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/members.h"
#include "timeline/item.h"

namespace parvis::timeline {

/// What a state event did, from its content and what the server says was before. What::None: nothing to show.
[[nodiscard]] Change changeOf(const Event &event, rooms::Members &members);

} // namespace parvis::timeline
