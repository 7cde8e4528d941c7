// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/withheld_keys.h"

namespace parvis {

WithheldKeys::WithheldKeys(Engine &engine, QList<int> waits) : m_engine(engine), m_waits(std::move(waits))
{
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &WithheldKeys::look);
    connect(&engine, &Engine::trustChanged, this, [this](const QList<UserId> &users) {
        if (!users.contains(m_engine.user()))
            return;
        m_looks = 0;
        m_later.start(m_waits.value(0));
    });
}

void WithheldKeys::look()
{
    const auto wanted = m_engine.machine().recovery().wantWithheldByOwnDevices();
    if (!wanted || *wanted == 0)
        return; // what cannot be read now is looked at again with the next change, or when somebody looks at
                // it
    m_engine.pump().kick();
    if (++m_looks < m_waits.size())
        m_later.start(m_waits[m_looks]);
}

} // namespace parvis
