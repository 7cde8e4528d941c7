// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/search_bridge.h"

#include "engine/history_crawl.h"
#include "engine/search_desk.h"
#include "engine/search_shields.h"

namespace parvis {

Task<SearchResult> SearchBridge::search(const SearchRequest &request)
{
    return m_link.askEngine(this, [request](Engine &engine) {
        engine.historyCrawl().hurry();
        return engine.search().find(request).andThen(
            &engine, [&engine](SearchResult result) { return withShields(engine, std::move(result)); });
    });
}

void SearchBridge::cancel()
{
    m_link
        .askEngine(this,
                   [](Engine &engine) {
                       engine.search().cancel();
                       return Result<void>();
                   })
        .then(this, [](const Result<void> &) {}); // without an account there is nothing to end
}

Task<IndexStatus> SearchBridge::status()
{
    return m_link.askEngine(this, [](Engine &engine) {
        return engine.search().status().andThen(&engine, [&engine](IndexStatus status) {
            status.history = engine.historyCrawl().state().get();
            status.mostBytes = qint64(engine.searchRules().cacheMegabytes) * 1024 * 1024;
            return Result<IndexStatus>(std::move(status));
        });
    });
}

} // namespace parvis
