// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "search/indexer.h"

#include "search/document.h"

namespace parvis::search {

namespace {

constexpr qsizetype mostBytes = 48 * 1024;

} // namespace

Indexer::Indexer(Cache &cache, SearchStore &store, const Clock &clock)
    : m_cache(cache), m_store(store), m_clock(clock)
{
    m_cache.setDocuments(this);
}

Indexer::~Indexer()
{
    m_cache.setDocuments(nullptr);
}

Result<SearchDocument> Indexer::document(const SearchPending &one)
{
    const qint64 now = m_clock.nowMs();
    if (!one.mayBeEdited)
        return documentOf(one, nullptr, now, m_stemmer);
    const auto edits = m_cache.events().edits(one.roomId, one.event.event.id);
    if (!edits)
        return tl::unexpected(edits.error());
    return documentOf(one, countingEdit(one.event, *edits), now, m_stemmer);
}

Result<QList<SearchDocument>> Indexer::documentsOf(const QList<SearchPending> &events)
{
    QList<SearchDocument> documents;
    documents.reserve(events.size());
    for (const SearchPending &one : events) {
        auto made = document(one);
        if (!made)
            return tl::unexpected(made.error());
        documents.append(*std::move(made));
    }
    return documents;
}

Result<int> Indexer::step(int most)
{
    const auto waiting = m_store.hasPending();
    if (!waiting || !*waiting)
        return waiting ? Result<int>(0) : tl::unexpected(waiting.error());
    // Whoever hears of what is settled may change what is read here.
    if (const auto settled = m_cache.settle(); !settled)
        return tl::unexpected(settled.error());
    const auto pending = m_store.pending(most, mostBytes);
    if (!pending)
        return tl::unexpected(pending.error());
    if (pending->isEmpty())
        return 0;
    const auto documents = documentsOf(*pending);
    if (!documents)
        return tl::unexpected(documents.error());
    if (auto written = m_store.write(*documents); !written)
        return tl::unexpected(written.error());
    return int(pending->size());
}

} // namespace parvis::search
