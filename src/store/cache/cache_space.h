// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/database.h"

namespace parvis {

/// The pages of cache.db: how many there are, and how the file becomes smaller. Core thread.
class CacheSpace
{
public:
    explicit CacheSpace(Database &database) : m_database(database) {}

    struct Pages {
        qint64 all = 0;
        qint64 free = 0;      ///< hold nothing: what is written next goes there
        qint64 pageBytes = 0; ///< of each

        [[nodiscard]] qint64 usedBytes() const { return (all - free) * pageBytes; }
    };
    [[nodiscard]] Result<Pages> pages() const;
    /// Whether the file can become smaller without being written anew. One of a Parvis from before this was
    /// thought of cannot, and is made so once at its opening where that does not take long
    /// (makeShrinkable()).
    [[nodiscard]] Result<bool> canShrink() const;
    /// Gives up to @p most free pages back to the disk; answers whether some are left.
    [[nodiscard]] Result<bool> giveBack(int most);
    /// Writes the log of the last changes into the file and empties it, unless somebody reads: nobody waits.
    [[nodiscard]] Result<void> emptyLog();

    /// Writes the whole file anew, so that it can shrink from then on, if it has no more than @p mostBytes.
    /// Takes about as much room on the disk once more; a full disk leaves everything as it was.
    [[nodiscard]] static Result<void> makeShrinkable(Database &database, qint64 mostBytes);

private:
    Database &m_database;
};

} // namespace parvis
