// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "store/cache/attention.h"
#include "store/cache/event_store.h"
#include "store/cache/room_store.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

namespace parvis {

struct DirectRooms;
class CacheCommit;
class SearchDocuments;

/// cache.db: everything that can be fetched again. Core thread.
///
/// Written by commits alone: a transaction, then everybody who subscribed hears of it. What is shown is
/// therefore always what a restart would show.
class Cache
{
public:
    using Sink = std::function<void(const AppliedChanges &)>;

    /// @p database is open and migrated and outlives the cache. @p own: whose account this is.
    Cache(Database &database, UserId own);
    ~Cache();
    Cache(const Cache &) = delete;
    Cache &operator=(const Cache &) = delete;

    /// All of it or nothing. Doing it twice is harmless.
    [[nodiscard]] Result<AppliedChanges> commit(const StateChanges &changes);
    /// Writes a part of something long. The transaction stays open for the next part: one commit for many
    /// costs a fraction of one for each. It ends with settle(), and where somebody else writes; until then
    /// nobody hears of it, and a crash loses it. @p settled: how it ended, after everybody heard of it. With
    /// an error here, or there, nothing that was written together since the last settle() is there.
    [[nodiscard]] Result<void> commitTogether(const StateChanges &changes,
                                              std::function<void(Result<void>)> settled);
    Result<void> settle();
    /// Something was written together and waits for settle().
    [[nodiscard]] bool isOpen() const { return m_together != nullptr; }
    /// Events of it.
    [[nodiscard]] qsizetype unsettled() const;
    /// Another one after each change of what the rooms' state is; while it is the same, so is the state.
    [[nodiscard]] quint64 generation() const { return m_generation; }
    /// Keeps with each room what was made of it since its last commit: @p rows are for rooms as they are now.
    /// Nothing is open then. Nobody hears of it.
    [[nodiscard]] Result<void> keepDerived(const QList<std::pair<RoomId, QByteArray>> &rows);
    /// @p sink is called after each commit until @p context dies.
    void subscribe(const QObject *context, Sink sink);

    /// Who says how much an unread message concerns the person; outlives the cache, or is taken back with
    /// nullptr.
    void setJudge(AttentionJudge *judge) { m_judge = judge; }
    /// By which messages expire where the room says so: none that has is written. Outlives the cache; without
    /// one, nothing expires.
    void setClock(const Clock *clock) { m_clock = clock; }

    /// Who makes documents of what comes, so that it is found as soon as it is here; as with the judge.
    /// Without one the index takes it later.
    void setDocuments(SearchDocuments *documents) { m_documents = documents; }

    [[nodiscard]] const RoomStore &rooms() const { return m_rooms; }
    [[nodiscard]] const EventStore &events() const { return m_events; }
    [[nodiscard]] const UserId &own() const { return m_own; }

private:
    struct Subscriber {
        QPointer<const QObject> context;
        Sink call;
    };

    [[nodiscard]] Result<std::unique_ptr<CacheCommit>> begin();
    void dropTogether(const Error &error);
    void publish(const AppliedChanges &applied);

    Database &m_database;
    UserId m_own;
    RoomStore m_rooms;
    EventStore m_events;
    AttentionJudge *m_judge = nullptr;
    SearchDocuments *m_documents = nullptr;
    const Clock *m_clock = nullptr;
    std::unique_ptr<DirectRooms> m_direct;
    std::vector<Subscriber> m_sinks;
    std::unique_ptr<CacheCommit> m_together; ///< open until settle()
    std::vector<std::function<void(Result<void>)>> m_settled;
    quint64 m_generation = 0;
};

} // namespace parvis
