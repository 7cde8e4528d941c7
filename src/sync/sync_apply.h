// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "sync/room_changes.h"

#include <QObject>

#include <deque>
#include <memory>

namespace parvis {

/// Writes answers to the cache, in slices of rooms of about 10 ms, back in the event loop between them; the
/// position goes with the last slice, so that a crash in between only means the same answer again. Core
/// thread.
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
        Promise<void> promise;
        qsizetype next = 0; ///< room
    };

    void work();
    [[nodiscard]] Result<bool> slice(Job &job); ///< true: the job is done
    void finish(Result<void> result);

    Cache &m_cache;
    RoomChangesMaker m_maker;
    std::deque<Job> m_jobs;
    bool m_posted = false;
};

} // namespace parvis
