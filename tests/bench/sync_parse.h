// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QByteArray>

#include "numbers.h"

namespace parvis::bench {

/// A first answer of /v3/sync of about so many bytes.
[[nodiscard]] QByteArray syntheticSync(qsizetype bytes);

struct SyncParse {
    Times read;
    Times floor; ///< simdjson's walk over the same bytes, which keeps nothing
    qsizetype events = 0;
};

/// Reads the same answer @p rounds times; no events: it could not be read.
[[nodiscard]] SyncParse measureSyncParse(const QByteArray &body, int rounds);

} // namespace parvis::bench
