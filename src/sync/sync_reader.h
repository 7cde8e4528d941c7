// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "sync/sync_update.h"

namespace parvis {

/// Reads the answer of either dialect. Fails with PARVIS_BAD_SYNC only when the text is no JSON object or has
/// no position; a broken event or room is left out and counted. Pure: any thread.
///
/// Give @p body away (std::move) and with room to spare if possible: simdjson reads a few bytes past the end.
[[nodiscard]] Result<SyncUpdate> readSync(QByteArray body, SyncDialect dialect);

} // namespace parvis
