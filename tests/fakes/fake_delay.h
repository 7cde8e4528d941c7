// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "net/delay.h"

#include <QObject>
#include <QPointer>

#include <utility>
#include <vector>

namespace parvis {

/// Time passes when the test says so.
class FakeDelay : public Delay
{
public:
    void after(int ms, const QObject *context, std::function<void()> fn) override
    {
        m_pending.push_back({ms, context, std::move(fn)});
    }
    [[nodiscard]] qsizetype pending() const { return qsizetype(m_pending.size()); }
    [[nodiscard]] int lastMs() const { return m_pending.empty() ? -1 : m_pending.back().ms; }
    /// Everything that waits is due.
    void fire()
    {
        for (const auto &one : std::exchange(m_pending, {})) {
            if (one.context)
                one.call();
        }
    }

private:
    struct Pending {
        int ms;
        QPointer<const QObject> context;
        std::function<void()> call;
    };
    std::vector<Pending> m_pending;
};

} // namespace parvis
