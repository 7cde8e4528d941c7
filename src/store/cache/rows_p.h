// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/event_store.h"
#include "store/statement.h"

namespace parvis {

[[nodiscard]] QString heroesToJson(const QList<Hero> &heroes);
[[nodiscard]] QList<Hero> heroesFromJson(const QString &json);

/// The columns that readRow() expects, in its order.
inline constexpr QByteArrayView eventColumns =
    "chunk, place, event_id, type, state_key, sender, ts, txn, redacted, raw, clear_type, clear, shield,"
    " shield_reason, reason, session, rel_type";

/// Of a row of `gaps`: one does not read across it. Where the server says that there is nothing older, or a
/// page came to what is known, older messages are shown: what was seen once does not go out of sight. What
/// may lie between is asked for all the same: EventStore::holeBefore().
inline constexpr QByteArrayView endsAStretch =
    "(gaps.endings = 0 AND gaps.behind = 0 OR NOT EXISTS (SELECT 1 FROM events WHERE events.room = gaps.room"
    " AND events.chunk >= 0 AND events.chunk < gaps.chunk))";

[[nodiscard]] TimelineRow readRow(const Statement &row);

} // namespace parvis
