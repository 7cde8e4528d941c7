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

/// cache.db: everything that can be fetched again. Core thread.
///
/// Written by commit() alone: one transaction, then everybody who subscribed hears of it. What is shown is
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
    /// @p sink is called after each commit until @p context dies.
    void subscribe(const QObject *context, Sink sink);

    /// Who says how much an unread message concerns the person; outlives the cache, or is taken back with
    /// nullptr.
    void setJudge(AttentionJudge *judge) { m_judge = judge; }
    /// By which messages expire where the room says so: none that has is written. Outlives the cache; without
    /// one, nothing expires.
    void setClock(const Clock *clock) { m_clock = clock; }

    [[nodiscard]] const RoomStore &rooms() const { return m_rooms; }
    [[nodiscard]] const EventStore &events() const { return m_events; }
    [[nodiscard]] const UserId &own() const { return m_own; }

private:
    struct Subscriber {
        QPointer<const QObject> context;
        Sink call;
    };

    void publish(const AppliedChanges &applied);

    Database &m_database;
    UserId m_own;
    RoomStore m_rooms;
    EventStore m_events;
    AttentionJudge *m_judge = nullptr;
    const Clock *m_clock = nullptr;
    std::unique_ptr<DirectRooms> m_direct;
    std::vector<Subscriber> m_sinks;
};

} // namespace parvis
