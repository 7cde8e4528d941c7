// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "base/observable_value.h"
#include "timeline/excursion.h"
#include "timeline/item_factory.h"
#include "timeline/pagination.h"

namespace parvis::timeline {

/// Where the loaded part of a timeline stands.
struct Edges {
    bool atStart = false; ///< nothing older exists, or the server says so
    /// The server says so, but the room's first event is not here; or among what is shown something may be
    /// missing, which another server had while this one was read: it may be asked again.
    bool unsure = false;
    bool atEnd = true; ///< the newest is here, and what comes is
    EventId readUpTo;  ///< the person's own receipt

    bool operator==(const Edges &) const = default;
};

/// The lines of one room: the newest stretch without a hole, as far back as was asked for, then what is still
/// being sent; or, after goTo(), a stretch of the past, as far as was asked for on both sides, until reading
/// on reaches the newest. Of a thread: its first message, and what is known to be in it; paginateBack() asks
/// the server for the rest, the newest first. Follows the cache's commits; holds nothing that the cache does
/// not. Core thread.
class RoomTimeline : public QObject
{
    Q_OBJECT

public:
    static constexpr int firstPage = 50;
    static constexpr int mostRounds = 10;
    /// So many people are named as readers of one message.
    static constexpr qsizetype mostReaders = 200;

    /// So many messages of a thread are looked at.
    static constexpr int mostInThread = 10'000;

    /// @p thread: the first message of the thread that is shown instead of all; empty: none.
    RoomTimeline(Cache &cache, Decryptor &decryptor, RoomHistory &source, RoomId room, EventId thread = {},
                 QObject *parent = nullptr);

    /// Reads the newest events from the cache.
    [[nodiscard]] Result<void> open();
    /// The list and its diffs.
    [[nodiscard]] ObservableList<Item> &items() { return m_items; }
    [[nodiscard]] ObservableValue<Edges> &edges() { return m_edges; }
    /// What is on its way in this room, oldest first: the whole of it, each time.
    void setEchoes(QList<LocalEcho> echoes);
    /// From the cache where it is, else from the server; answers with the number of new lines.
    [[nodiscard]] Task<int> paginateBack(int count);
    /// The same where the server said that there is nothing older: it may have been a bad moment. Where
    /// something may be missing in between, that is asked for, and it answers with 0.
    [[nodiscard]] Task<int> lookAgain();
    /// The same towards the present; answers with 0 where the newest is here.
    [[nodiscard]] Task<int> paginateForward(int count);
    /// Shows what is around @p event. A later call, or backToNewest(), makes an earlier one fail with
    /// PARVIS_CANCELLED. Where it fails, everything stays as it is.
    [[nodiscard]] Task<void> goTo(const EventId &event);
    /// To the first event at or after @p ts, milliseconds since 1970, or the last one before it; answers
    /// which.
    [[nodiscard]] Task<EventId> goToTime(qint64 ts);
    [[nodiscard]] Result<void> backToNewest();
    [[nodiscard]] const RoomId &room() const { return m_room; }
    /// Whether nothing of what @p user says is shown.
    [[nodiscard]] bool ignores(const UserId &user) const { return m_factory.ignores(user); }

private:
    struct Row {
        TimelinePlace place;
        EventId id;
    };

    void follow(const AppliedChanges &applied);
    [[nodiscard]] Result<void> readRows();
    /// Builds those that are new among @p rows, which are all from now on.
    [[nodiscard]] Result<void> setRows(QList<Row> rows);
    /// What is in the past may stand elsewhere by now, or have joined the newest.
    [[nodiscard]] Result<void> findWindow();
    /// Reads anew around @p place, the place of @p event.
    [[nodiscard]] Result<void> moveTo(const EventId &event, TimelinePlace place);
    [[nodiscard]] Result<void> arrive(const EventId &event, int jump);
    [[nodiscard]] Result<void> joinNewest();
    [[nodiscard]] Result<int> newerFromCache(int count);
    [[nodiscard]] Task<int> pageForward(int count, int round);
    /// Builds @p rows; answers with the number of those that have a line.
    [[nodiscard]] Result<int> add(const QList<TimelineRow> &rows, QList<Row> &out);
    [[nodiscard]] Result<void> build(const TimelineRow &row);
    [[nodiscard]] Task<int> page(int count, int round);
    [[nodiscard]] Task<int> fromServer(int count, int round);
    [[nodiscard]] Result<int> olderFromCache(int count);
    [[nodiscard]] Result<void> readEdges();
    /// Where something may be missing among what is shown.
    [[nodiscard]] Result<std::optional<Gap>> holeInside() const;
    [[nodiscard]] Task<int> lookAgainAtStart();
    [[nodiscard]] Result<void> readEncryption();
    [[nodiscard]] Result<void> readThread();
    [[nodiscard]] Task<int> threadPage(int count, int round);
    /// Answers with the number of lines that @p page brought.
    [[nodiscard]] Result<int> takeThread(const EventPage &page);
    [[nodiscard]] Result<void> readReceipts();
    [[nodiscard]] bool isHere(const LocalEcho &echo) const;
    void renameAll();
    void publish();
    [[nodiscard]] QList<Item> lines() const;
    void show(QList<Item> lines);

    Cache &m_cache;
    Decryptor &m_decryptor;
    RoomHistory &m_source;
    RoomId m_room;
    EventId m_thread;
    QString m_threadToken;      ///< where the next page of the thread is
    bool m_threadKnown = false; ///< to its beginning
    rooms::Members m_members;
    rooms::IgnoredPeople m_ignored;
    ItemFactory m_factory;
    Pagination m_pagination;
    Excursion m_excursion;
    std::optional<TimelinePlace> m_first; ///< everything from here on is loaded; empty: no event yet
    std::optional<TimelinePlace> m_last;  ///< and up to here; empty: up to the newest
    EventId m_target;                     ///< where goTo() went, while m_last is set
    int m_jumps = 0;                      ///< which one holds
    QList<Row> m_rows;
    QHash<EventId, std::optional<Item>> m_built; ///< nothing: an event without a line
    QMultiHash<EventId, UserId> m_readers;       ///< by the event of their receipt; others'
    QList<LocalEcho> m_echoes;
    ObservableList<Item> m_items;
    ObservableValue<Edges> m_edges;
};

} // namespace parvis::timeline
