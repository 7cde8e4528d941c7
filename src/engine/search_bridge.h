// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/search_port.h"
#include "engine/core_link.h"

namespace parvis {

/// SearchPort over the core. UI thread.
class SearchBridge final : public QObject, public SearchPort
{
public:
    explicit SearchBridge(CoreLink link) : m_link(link) {}

    [[nodiscard]] Task<SearchResult> search(const SearchRequest &request) override;
    void cancel() override;
    [[nodiscard]] Task<IndexStatus> status() override;

private:
    CoreLink m_link;
};

} // namespace parvis
