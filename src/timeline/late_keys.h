// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/decryptor.h"
#include "store/cache/cache.h"

#include <QObject>

#include <deque>
#include <functional>

namespace parvis::timeline {

/// Reads again what waited for a key: from the cache, in slices, back into it. Core thread.
class LateKeys : public QObject
{
    Q_OBJECT

public:
    /// More events of one session are not tried.
    static constexpr int mostOfOneSession = 10'000;

    LateKeys(Cache &cache, Decryptor &decryptor, QObject *parent = nullptr);

    void keyArrived(const RoomId &room, const SessionId &session);
    /// The same for many at once: it costs little for rooms in which nothing waits.
    void keysArrived(const QList<QPair<RoomId, SessionId>> &keys);
    /// The newest unreadable events of a room.
    void retryRoom(const RoomId &room);
    /// Whatever waits for a key that is there: it came just before the program ended. In slices.
    using HasKey = std::function<bool(const RoomId &, const SessionId &)>;
    void retryWaiting(HasKey hasKey);

Q_SIGNALS:
    /// These can be read now, and are in the cache so.
    void becameReadable(const parvis::RoomId &room, const QList<parvis::RoomEvent> &events);

private:
    struct Job {
        RoomId room;
        QList<Event> events;
        qsizetype next = 0;
    };

    [[nodiscard]] bool waits(const RoomId &room) const;
    void begin(const RoomId &room, const SessionId &session, int limit);
    void look();
    void post();
    void work();
    [[nodiscard]] bool write(const Job &job, const QList<Event> &events);

    Cache &m_cache;
    Decryptor &m_decryptor;
    std::deque<Job> m_jobs;
    QList<RoomId> m_unseen;                        ///< rooms that retryWaiting() has not looked through yet
    QList<std::pair<RoomId, SessionId>> m_waiting; ///< of the room looked through last
    HasKey m_hasKey;
    bool m_posted = false;
    bool m_stalled = false; ///< a write failed, on a full disk for example: on after the next that succeeds
};

} // namespace parvis::timeline
