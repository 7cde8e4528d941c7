// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/engine_work.h"

#include "engine/engine.h"

namespace parvis {

EngineWork::EngineWork(Engine &engine) : QObject(&engine), m_engine(engine) {}

void EngineWork::endAll(Engine &engine)
{
    // One after the other: whoever hears "cancelled" may end another one, or begin one more.
    while (auto *work = engine.findChild<EngineWork *>(QString(), Qt::FindDirectChildrenOnly))
        delete work;
}

} // namespace parvis
