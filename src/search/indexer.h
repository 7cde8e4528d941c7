// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "search/stemmer.h"
#include "store/cache/cache.h"
#include "store/cache/search_store.h"

namespace parvis::search {

/// Makes the documents of what comes, and brings the index up to what the cache holds, a little at a time.
/// What waits is noted in the cache itself, so it may end anywhere. Core thread.
class Indexer : public SearchDocuments
{
public:
    /// From now on @p cache indexes what it writes.
    Indexer(Cache &cache, SearchStore &store, const Clock &clock);
    ~Indexer() override;
    Indexer(const Indexer &) = delete;
    Indexer &operator=(const Indexer &) = delete;

    [[nodiscard]] Result<QList<SearchDocument>> documentsOf(const QList<SearchPending> &events) override;
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
