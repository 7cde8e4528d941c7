// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/decryptor.h"
#include "store/cache/cache.h"
#include "timeline/room_history.h"

#include <QObject>

#include <optional>
#include <vector>

namespace parvis::timeline {

/// Goes to places in a room's past, and reads on from there towards the present: what comes is in the cache.
/// Core thread.
class Excursion : public QObject
{
    Q_OBJECT

public:
    /// So many events are asked for around a place.
    static constexpr int around = 50;
    /// So many pages in a row without anything new, and it is given up: a server may turn in circles.
    static constexpr int mostEmptyPages = 10;

    Excursion(Cache &cache, Decryptor &decryptor, RoomHistory &source, RoomId room,
              QObject *parent = nullptr);

    /// Answers once @p event is in the cache, and what is around it: at once where it is known.
    [[nodiscard]] Task<void> goTo(const EventId &event);
    [[nodiscard]] Task<EventId> nearest(qint64 ts) { return m_source.nearest(m_room, ts); }
    /// Fetches what follows on @p last, the last event of its stretch. Answers with true when something newer
    /// is in the cache, or the stretch goes on in a known one. Callers that come while one runs get its
    /// answer.
    [[nodiscard]] Task<bool> goOn(const EventId &last, int count);

private:
    [[nodiscard]] Result<void> take(const EventId &event, const ContextPage &page);
    void ask();
    void askFrom(const QString &token);
    void tokenCame(const Result<ContextPage> &page);
    void answered(Result<EventPage> page);
    /// True where the page brought something, or joined two stretches.
    [[nodiscard]] Result<bool> takeNewer(const EventPage &page);
    void finish(Result<bool> result);

    Cache &m_cache;
    Decryptor &m_decryptor;
    RoomHistory &m_source;
    RoomId m_room;
    EventId m_last;  ///< what is asked about now
    EventId m_known; ///< the event behind which m_token asks; empty: it has to be asked for
    QString m_token;
    int m_count = 0;
    int m_emptyPages = 0;
    std::vector<Promise<bool>> m_waiting;
};

} // namespace parvis::timeline
