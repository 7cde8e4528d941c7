// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/database.h"

namespace parvis {

/// Unread count, highlights and the preview of a room anew, from what is stored; part of a commit.
///
/// Unread is what counts and stands after the newest of: an own event, an own receipt. Where the receipt
/// points to an event that is not here, everything of the newest stretch counts.
[[nodiscard]] Result<void> refreshSummary(Database &database, qint64 room, const UserId &own);

} // namespace parvis
