// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/database.h"

namespace parvis {

/// Takes the words of what has left the index out of its pages.
///
/// The index holds no text, so FTS5 cannot look up the words of a row that goes: it marks the row as gone,
/// which hides it at once, and its words stay in the pages until those are written anew. That is what this
/// does, a little at a time; what is left is noted in the cache, so it may end anywhere. Core thread.
class SearchWipe
{
public:
    explicit SearchWipe(Database &database) : m_database(database) {}

    /// Words of something that left are in the pages. May be called inside a transaction.
    [[nodiscard]] Result<void> want();
    [[nodiscard]] Result<bool> isWanted() const;
    /// When it was last done, milliseconds since 1970; 0: never.
    [[nodiscard]] Result<qint64> lastMs() const;
    /// Writes about @p pages of the index anew; answers whether something is left.
    [[nodiscard]] Result<bool> step(int pages, qint64 nowMs);

private:
    Database &m_database;
};

} // namespace parvis
