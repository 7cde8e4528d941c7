// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"

namespace parvis {

/// A clock that stands still until a test moves it.
class FakeClock : public Clock
{
public:
    qint64 ms = 1'800'000'000'000;
    [[nodiscard]] qint64 nowMs() const override { return ms; }
    void advance(qint64 by) { ms += by; }
};

} // namespace parvis
