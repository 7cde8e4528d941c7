// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "search/stemmer.h"
#include "store/cache/cache.h"
#include "store/cache/search_store.h"

namespace parvis::search {

/// Brings the index up to what the cache holds, a little at a time. What waits is noted in the cache itself,
/// so it may end anywhere. Core thread.
class Indexer
{
public:
    Indexer(Cache &cache, SearchStore &store, const Clock &clock);

    /// Takes up to @p most events, and no more than some ten milliseconds' worth of text, in one transaction.
    /// Answers with how many it took: 0, and nothing waits.
    [[nodiscard]] Result<int> step(int most);

private:
    [[nodiscard]] Result<SearchDocument> document(const SearchPending &one);

    Cache &m_cache;
    SearchStore &m_store;
    const Clock &m_clock;
    Stemmer m_stemmer;
};

} // namespace parvis::search
