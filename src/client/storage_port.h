// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"

#include <optional>

namespace parvis {

/// How much of what can be fetched again this machine keeps, and for how long.
struct StorageFigures {
    qint64 cacheBytes = 0;                 ///< on the disk
    std::optional<qint64> limitBytes = {}; ///< beyond, the oldest of what is used least goes; empty: no limit
    std::optional<int> keptDays = {};      ///< messages that are older go; empty: however old they are
    std::optional<qint64> oldestMs =
        {}; ///< the time of the oldest message that is here; empty: there is none
    qint64 events = 0;
    qint64 purged =
        0; ///< events that went since the start, for any of these reasons or because their room said so

    bool operator==(const StorageFigures &) const = default;
};

/// What the account takes of the disk. UI thread.
class StoragePort
{
public:
    virtual ~StoragePort() = default;

    [[nodiscard]] virtual Task<StorageFigures> figures() = 0;
};

} // namespace parvis
