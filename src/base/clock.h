// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QtGlobal>

namespace parvis {

/// Where the time comes from, so that a test can set it. Callable on any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970, UTC; may jump when the person or NTP sets the clock.
    [[nodiscard]] virtual qint64 nowMs() const = 0;
};

} // namespace parvis
