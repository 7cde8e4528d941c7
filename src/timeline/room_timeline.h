// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "base/observable_value.h"
#include "timeline/item_factory.h"
#include "timeline/pagination.h"

namespace parvis::timeline {

/// Where the loaded part of a timeline stands.
struct Edges {
    bool atStart = false; ///< nothing older exists
    EventId readUpTo;     ///< the person's own receipt

    bool operator==(const Edges &) const = default;
};

/// The lines of one room: the newest stretch without a hole, as far back as was asked for, then what is still
/// being sent. Follows the cache's commits; holds nothing that the cache does not. Core thread.
class RoomTimeline : public QObject
{
    Q_OBJECT

public:
    static constexpr int firstPage = 50;
    static constexpr int mostRounds = 10;
    /// So many reactions to one message are looked at.
    static constexpr int mostReactions = 1000;

    RoomTimeline(Cache &cache, Decryptor &decryptor, HistorySource &source, RoomId room,
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
    [[nodiscard]] const RoomId &room() const { return m_room; }

private:
    struct Row {
        TimelinePlace place;
        EventId id;
    };

    void follow(const AppliedChanges &applied);
    [[nodiscard]] Result<void> readRows();
    [[nodiscard]] Result<void> build(const TimelineRow &row);
    [[nodiscard]] Task<int> page(int count, int round);
    [[nodiscard]] Result<int> olderFromCache(int count);
    [[nodiscard]] Result<void> readEdges();
    [[nodiscard]] Result<void> readEncryption();
    void renameAll();
    void publish();
    [[nodiscard]] QList<Item> lines() const;
    void show(QList<Item> lines);

    Cache &m_cache;
    RoomId m_room;
    rooms::Members m_members;
    ItemFactory m_factory;
    Pagination m_pagination;
    std::optional<TimelinePlace> m_first; ///< everything from here on is loaded; empty: no event yet
    QList<Row> m_rows;
    QHash<EventId, std::optional<Item>> m_built; ///< nothing: an event without a line
    QList<LocalEcho> m_echoes;
    ObservableList<Item> m_items;
    ObservableValue<Edges> m_edges;
};

} // namespace parvis::timeline
