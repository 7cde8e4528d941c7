// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "sync/room_changes.h"
#include "sync/sync_reader.h"

#include <QObject>

#include <deque>
#include <memory>

namespace parvis {

/// Writes answers to the cache, in slices of rooms of about 10 ms, back in the event loop between them.
/// Several slices share a commit. The position goes with the last one, so that a crash in between only means
/// the same answer again. Core thread.
class SyncApply : public QObject
{
    Q_OBJECT

public:
    SyncApply(Cache &cache, SyncCrypto &crypto, const Clock &clock, QObject *parent = nullptr);

    /// Answers once the whole of @p update is in the cache. @p positions goes in with its last slice. Answers
    /// that come meanwhile wait their turn.
    [[nodiscard]] Task<void> apply(SyncUpdate update, QList<std::pair<QString, QString>> positions);

Q_SIGNALS:
    /// What was said in a room that we are in since the last answer, no history; it is in the cache already.
    void liveEventsCame(const parvis::RoomId &room, const QList<parvis::RoomEvent> &events);
    void typingChanged(const parvis::RoomId &room, const QList<parvis::UserId> &users);

private:
    struct Job {
        SyncUpdate update;
        QList<std::pair<QString, QString>> positions;
        Promise<void> promise{};
        qsizetype next = 0; ///< room
        RoomReader reader{};
    };
    /// Rooms whose changes share a commit.
    struct Group {
        RoomChangesMaker maker;
        QList<qsizetype> live{}; ///< how many of the events of each room just happened
        qsizetype next = 0;      ///< room
        QList<std::pair<RoomId, QList<UserId>>> typing{};
    };
    /// What is told of a slice once it is in the cache.
    struct Told {
        QList<std::pair<RoomId, QList<RoomEvent>>> live;
        QList<std::pair<RoomId, QList<UserId>>> typing;
    };

    void work();
    /// One turn; true: the job is done.
    [[nodiscard]] Result<bool> turn(Job &job);
    [[nodiscard]] Result<void> begin(Job &job);
    [[nodiscard]] Result<void> slice(Job &job);
    [[nodiscard]] Result<void> write(const StateChanges &changes, Told told);
    [[nodiscard]] Result<void> settle();
    void finish(Result<void> result);

    Cache &m_cache;
    SyncCrypto &m_crypto;
    const Clock &m_clock;
    std::deque<Job> m_jobs;
    std::optional<Group> m_group;     ///< of the first job
    std::optional<Error> m_unsettled; ///< what was written together failed at its end
    qsizetype m_most;                 ///< events a slice, after what the last one took
    bool m_posted = false;
};

} // namespace parvis
