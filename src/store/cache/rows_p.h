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

[[nodiscard]] TimelineRow readRow(const Statement &row);

} // namespace parvis
