// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/decryptor.h"
#include "store/cache/cache.h"

#include <QObject>

#include <deque>

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
    /// The newest unreadable events of a room: a key may have come just before the program ended.
    void retryRoom(const RoomId &room);

private:
    struct Job {
        RoomId room;
        QList<Event> events;
        qsizetype next = 0;
    };

    void begin(const RoomId &room, const SessionId &session, int limit);
    void work();

    Cache &m_cache;
    Decryptor &m_decryptor;
    std::deque<Job> m_jobs;
    bool m_posted = false;
};

} // namespace parvis::timeline
