// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/event.h"
#include "store/database.h"

namespace parvis {

/// The room of @p row is encrypted from now on. The first algorithm stays, whatever comes later.
[[nodiscard]] Result<void> latchEncryption(Database &database, qint64 row, const QString &algorithm);
/// The same, by an m.room.encryption event, wherever it came from; one without an algorithm still means
/// "encrypted". The first event stays as well: a later one must not make what was sent in clear before it
/// look right.
[[nodiscard]] Result<void> latchEncryption(Database &database, qint64 row, const Event &event);

} // namespace parvis
