// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/error.h"

#include <algorithm>

namespace parvis {

/// A time to wait after a failure.
struct Waiting {
    qint64 sinceMs = 0;
    qint64 delayMs = 0;

    /// A clock that was set back ends the wait instead of prolonging it.
    [[nodiscard]] qint64 leftMs(qint64 nowMs) const
    {
        return nowMs < sinceMs ? 0 : std::max<qint64>(sinceMs + delayMs - nowMs, 0);
    }
};

/// True where sending the same event again would not help. What did not come from a homeserver (a portal's
/// page, a proxy's refusal) is taken for final only after several @p attempts.
[[nodiscard]] bool isFinal(const Error &error, int attempts);

/// True where the server may have what was sent although the request failed with @p error.
[[nodiscard]] bool leavesOpen(const Error &error);

/// What is known of a failure after a restart, when nothing but its code was kept.
[[nodiscard]] Error rememberedError(const QString &code);

} // namespace parvis
