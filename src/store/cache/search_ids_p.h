// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QtGlobal>

#include <algorithm>

/// The ids of documents in the full-text index. They are found by falling id, so an id says when its event
/// was: it is the first free one from firstSearchId() on. Ids stay close together, which keeps the index
/// small.
namespace parvis {

inline constexpr qint64 searchIdStepMs = 8192;

/// For an event of this time.
[[nodiscard]] inline qint64 firstSearchId(qint64 ts)
{
    return std::max<qint64>(ts, 0) / searchIdStepMs + 1;
}

/// Every event whose id is @p id or a smaller one is older than this.
[[nodiscard]] inline qint64 olderThanMs(qint64 id)
{
    return id * searchIdStepMs;
}

} // namespace parvis
