// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/search_port.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace parvis {

/// Searches a few messages by bare words; what was asked is remembered.
class FakeSearchPort : public SearchPort
{
public:
    Task<SearchResult> search(const SearchRequest &request) override
    {
        asked.append(request);
        if (hold) {
            held.emplace_back();
            return held.back().task();
        }
        return Task<SearchResult>::ready(answer(request));
    }
    void cancel() override { ++cancelled; }
    Task<IndexStatus> status() override { return Task<IndexStatus>::ready(IndexStatus(reach)); }

    [[nodiscard]] Result<SearchResult> answer(const SearchRequest &request) const
    {
        if (error)
            return tl::unexpected(*error);
        SearchResult page;
        for (const SearchHit &hit : all) {
            const qsizetype at = hit.snippet.indexOf(request.text, 0, Qt::CaseInsensitive);
            if (at < 0 || (!request.room.isEmpty() && request.room != hit.roomId))
                continue;
            page.hits.append(hit);
            if (!request.text.isEmpty())
                page.hits.last().highlights = {{at, request.text.size()}};
        }
        const qsizetype before = request.after.toLongLong();
        const qsizetype end = std::min(before + pageSize, page.hits.size());
        if (end < page.hits.size())
            page.next = QString::number(end);
        page.hits = page.hits.sliced(before, end - before);
        return page;
    }

    QList<SearchHit> all; ///< the newest first
    qsizetype pageSize = 20;
    std::optional<Error> error;
    IndexStatus reach;
    bool hold = false;
    std::vector<Promise<SearchResult>> held;
    QList<SearchRequest> asked;
    int cancelled = 0;
};

} // namespace parvis
