// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/search_store.h"
#include "store/cache/state_changes.h"

namespace parvis {

/// Takes messages out of timelines, inside the transaction of a commit, with everything that the cache has
/// for them. The current state, the names and the receipts of the room stay. What is left is in order: no
/// hole stands before a chunk that is not there, and where something was cut off, a hole says so.
class TimelinePurge
{
public:
    TimelinePurge(Database &database, const UserId &own)
        : m_database(database), m_own(own), m_search(database)
    {
    }

    /// Rows that are not there, or in another room, are left out: doing it twice is harmless.
    [[nodiscard]] Result<void> remove(qint64 room, const PurgedRows &gone, RoomApplied &applied);

private:
    struct Doomed {
        qint64 row = 0;
        EventId id;
        TimelinePlace place;
        QString relType;
        EventId relTarget;
        bool encryption = false;
    };

    [[nodiscard]] Result<QList<Doomed>> find(qint64 room, const QList<qint64> &rows);
    /// What is read stays read: the person's receipts on what goes stand on what is before it from then on.
    [[nodiscard]] Result<void> keepReceipts(qint64 room, const QList<Doomed> &doomed);
    [[nodiscard]] Result<void> take(qint64 room, const Doomed &one, RoomApplied &applied);
    [[nodiscard]] Result<std::optional<TimelinePlace>> firstIn(qint64 room, qint64 from, qint64 until);
    /// Of chunks in which nothing is left: their holes stand before the next ones now.
    [[nodiscard]] Result<void> moveHoles(qint64 room, const QList<Doomed> &doomed);
    [[nodiscard]] Result<void> cutIsland(qint64 room, qint64 chunk, const QList<Doomed> &doomed);
    /// What is older than the first event that is left was here and is not kept.
    [[nodiscard]] Result<void> cutOff(qint64 room, const QList<Doomed> &doomed);
    [[nodiscard]] Result<void> hole(qint64 room, qint64 chunk);

    Database &m_database;
    const UserId &m_own;
    SearchStore m_search;
};

} // namespace parvis
