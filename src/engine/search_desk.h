// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/search_port.h"
#include "search/indexer.h"
#include "session/account_files.h"

#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <memory>

namespace parvis {

/// Keeps the index up to the cache, in slices between other work, and looks things up beside whoever writes.
/// Core thread.
class SearchDesk : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        Cache &cache;
        Database &database; ///< of the cache
        session::AccountFiles::OpenReader openReader;
        const Clock &clock;
    };

    explicit SearchDesk(Parts parts);
    ~SearchDesk() override;

    /// Until then the index waits: the first list of rooms goes before it.
    void start();
    [[nodiscard]] Task<SearchResult> find(const SearchRequest &request);
    [[nodiscard]] Task<IndexStatus> status();
    /// What is being looked for answers PARVIS_CANCELLED.
    void cancel();

private:
    struct Reading;

    void wake();
    void slice();
    /// The little that waits goes first, so that what was just read is found.
    void catchUp();
    template <typename Work>
    [[nodiscard]] auto onReader(Work work);

    SearchStore m_store;
    search::Indexer m_indexer;
    QTimer m_timer;
    int m_most = 16; ///< events a slice, after what the last one took
    bool m_started = false;
    std::shared_ptr<Reading> m_reading;
    std::shared_ptr<std::atomic_bool> m_cancelled = std::make_shared<std::atomic_bool>(false);
    QThreadPool m_pool; ///< of one thread: the connection is one
};

} // namespace parvis
