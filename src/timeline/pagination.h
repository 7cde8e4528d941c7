// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/decryptor.h"
#include "store/cache/cache.h"
#include "timeline/history_source.h"

#include <QObject>

#include <deque>
#include <optional>
#include <vector>

namespace parvis::timeline {

/// Fills the gap before the stretch in which a place lies, page by page. One request a room at a time. Core
/// thread.
class Pagination : public QObject
{
    Q_OBJECT

public:
    /// So many pages in a row without anything new, and it is given up: a server may turn in circles.
    static constexpr int mostEmptyPages = 10;

    Pagination(Cache &cache, Decryptor &decryptor, HistorySource &source, RoomId room,
               QObject *parent = nullptr);

    /// Answers with true when something older is in the cache now, with false when the room begins at @p
    /// place, or the server says so. Callers that come while one runs get its answer.
    [[nodiscard]] Task<bool> fill(TimelinePlace place, int count);
    /// The same for what is missing right before a chunk, also where that is shown as if nothing were.
    [[nodiscard]] Task<bool> fillHole(qint64 chunk, int count);
    /// The server's last word on @p gap was that it has nothing older. It is not asked again before
    /// askAgain().
    [[nodiscard]] bool isSilent(const Gap &gap) const { return m_silent == gap; }
    void askAgain() { m_silent.reset(); }

private:
    enum class Which { Gap, Hole };

    struct Wish {
        Which which = Which::Gap;
        TimelinePlace place;
        int count = 0;
        std::vector<Promise<bool>> promises;
    };

    [[nodiscard]] Task<bool> begin(Which which, TimelinePlace place, int count);
    void ask();
    /// The event before which the server is asked, where no token says from where on; empty: there is one, or
    /// it is asked from the end of the room.
    [[nodiscard]] Result<EventId> placeToAskFrom(const Gap &gap) const;
    void answered(const Gap &gap, Result<EventPage> page);
    [[nodiscard]] Result<bool> take(const Gap &gap, const EventPage &page);
    void finish(Result<bool> result);

    Cache &m_cache;
    Decryptor &m_decryptor;
    HistorySource &m_source;
    RoomId m_room;
    std::optional<Gap> m_silent;
    int m_emptyPages = 0;
    bool m_posted = false;
    std::deque<Wish> m_wishes; ///< the first is being asked for
};

} // namespace parvis::timeline
