// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "base/observable_value.h"
#include "client/search_port.h"
#include "events/decryptor.h"
#include "net/delay.h"
#include "store/cache/cache.h"
#include "store/cache/search_store.h"
#include "timeline/history_source.h"
#include "timeline/pagination.h"

#include <map>
#include <memory>

namespace parvis {

/// Fetches older messages for the search, slowly and in the background: always in the room whose messages on
/// this machine end the latest, so that search reaches equally far back everywhere. What it has brought is in
/// the cache, so it goes on after a restart by itself. Core thread.
class HistoryCrawl : public QObject
{
    Q_OBJECT

public:
    struct Rules {
        int days = 365;       ///< how far back; 0: nothing is fetched
        qint64 maxBytes = 0;  ///< of the cache's file: beyond, nothing more is fetched
        int startMs = 60'000; ///< after the first list of rooms: starting goes first
        int pauseMs = 1'000;  ///< between two requests, at least
        int pageEvents = 100;
    };
    struct Parts {
        Cache &cache;
        Database &database; ///< of the cache
        Decryptor &decryptor;
        timeline::HistorySource &source;
        const Clock &clock;
        Delay &delay;
        std::function<bool()> onBattery; ///< empty: nobody knows
    };

    HistoryCrawl(Parts parts, Rules rules);

    /// Once the rooms are there.
    void start();
    /// While offline nothing is asked.
    void setOnline(bool online);
    /// The person searches: what is missing is of use now.
    void hurry();
    [[nodiscard]] ObservableValue<HistoryFetching> &state() { return m_state; }

private:
    void plan(int ms);
    void step();
    void fetch(const SearchFrontier &frontier);
    void fetched(const SearchFrontier &frontier, const Result<bool> &news);
    void failed(const SearchFrontier &frontier, const Error &error);
    void load();
    void add(const SearchFrontier &frontier);
    /// Nothing will come of asking once more, until the next start.
    [[nodiscard]] bool isGiven(const SearchFrontier &frontier) const;
    void follow(const AppliedChanges &changes);
    [[nodiscard]] std::optional<SearchFrontier> next();
    [[nodiscard]] qint64 sinceMs() const;
    [[nodiscard]] bool isFull() const;
    void tell(HistoryFetching::State state);

    Parts m_parts;
    const Rules m_rules;
    SearchStore m_store;
    std::multimap<qint64, RoomId> m_waiting; ///< by the time of what is the oldest here
    QSet<RoomId> m_given;                    ///< rooms that the server does not tell of
    QHash<RoomId, TimelinePlace> m_ended;    ///< holes of which it says that nothing is behind them
    std::unique_ptr<timeline::Pagination> m_page;
    ObservableValue<HistoryFetching> m_state;
    bool m_started = false, m_loaded = false, m_online = false;
    int m_plan = 0; ///< which plan holds: an older one that comes due is nothing any more
    qint64 m_askedMs = 0;
};

} // namespace parvis
