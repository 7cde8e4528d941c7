// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/storage_bridge.h"

#include "engine/pool_task.h"

namespace parvis {

namespace {

Task<StorageFigures> figuresOf(Engine &engine)
{
    // Counting reads the whole index of events: beside whoever writes.
    return runOnPool(engine.pool(),
                     [open = engine.files().cacheReader()]() -> Result<StorageFigures> {
                         const auto reader = open();
                         if (!reader)
                             return tl::unexpected(reader.error());
                         const auto counts = RetentionStore(**reader).counts();
                         if (!counts)
                             return tl::unexpected(counts.error());
                         return StorageFigures{.cacheBytes = (*reader)->bytesOnDisk(),
                                               .oldestMs = counts->oldestMs,
                                               .events = counts->events};
                     })
        .andThen(&engine, [&engine](StorageFigures figures) {
            const RetentionDesk::Rules &rules = engine.retention().rules();
            if (rules.maxBytes > 0)
                figures.limitBytes = rules.maxBytes;
            if (rules.keptDays > 0)
                figures.keptDays = rules.keptDays;
            figures.purged = engine.retention().purged();
            return Result<StorageFigures>(figures);
        });
}

} // namespace

Task<StorageFigures> StorageBridge::figures()
{
    return m_link.askEngine(this, [](Engine &engine) { return figuresOf(engine); });
}

} // namespace parvis
