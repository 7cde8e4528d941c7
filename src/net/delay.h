// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>

class QObject;

namespace parvis {

/// Calls back after a while, so that a test need not wait. The real one is QtDelay.
class Delay
{
public:
    virtual ~Delay() = default;
    /// Runs @p fn on the calling thread unless @p context died before.
    virtual void after(int ms, const QObject *context, std::function<void()> fn) = 0;
};

/// Delay by QTimer.
class QtDelay final : public Delay
{
public:
    void after(int ms, const QObject *context, std::function<void()> fn) override;
};

} // namespace parvis
