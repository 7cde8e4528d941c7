// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "client/timeline_port.h"
#include "net/delay.h"

#include <QObject>

namespace parvis {

/// Counts messages that became readable, and tells them once no more come. Core thread.
class RepairedCount : public QObject
{
public:
    static constexpr int restMs = 1'000;

    explicit RepairedCount(Delay &delay) : m_delay(delay) {}

    [[nodiscard]] ObservableValue<RepairedMessages> &messages() { return m_messages; }
    void add(int count);

private:
    Delay &m_delay;
    int m_pending = 0;
    quint64 m_changes = 0;
    ObservableValue<RepairedMessages> m_messages;
};

} // namespace parvis
