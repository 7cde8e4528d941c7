// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/repaired_count.h"

namespace parvis {

void RepairedCount::add(int count)
{
    if (count <= 0)
        return;
    m_pending += count;
    m_delay.after(restMs, this, [this, change = ++m_changes] {
        if (change != m_changes)
            return; // more came meanwhile
        m_messages.set({std::exchange(m_pending, 0), m_messages.get().batch + 1});
    });
}

} // namespace parvis
