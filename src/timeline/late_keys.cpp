// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/late_keys.h"

#include <algorithm>

namespace parvis::timeline {

namespace {

constexpr qsizetype slice = 50;
constexpr int onOpening = 100;

} // namespace

LateKeys::LateKeys(Cache &cache, Decryptor &decryptor, QObject *parent)
    : QObject(parent), m_cache(cache), m_decryptor(decryptor)
{
    cache.subscribe(this, [this](const AppliedChanges &) {
        if (std::exchange(m_stalled, false))
            post();
    });
}

void LateKeys::keyArrived(const RoomId &room, const SessionId &session)
{
    if (!session.isEmpty())
        begin(room, session, mostOfOneSession);
}

void LateKeys::keysArrived(const QList<QPair<RoomId, SessionId>> &keys)
{
    QHash<RoomId, bool> waiting;
    for (const auto &[room, session] : keys) {
        auto it = waiting.constFind(room);
        if (it == waiting.cend())
            it = waiting.insert(room, waits(room));
        if (*it)
            keyArrived(room, session);
    }
}

/// A store that cannot be read is not asked less for it.
bool LateKeys::waits(const RoomId &room) const
{
    const auto events = m_cache.events().unreadable(room, {}, 1);
    return !events || !events->isEmpty();
}

void LateKeys::retryRoom(const RoomId &room)
{
    begin(room, {}, onOpening);
}

void LateKeys::retryWaiting(HasKey hasKey)
{
    auto rooms = m_cache.events().roomsThatWait();
    if (!rooms)
        return; // a store that cannot be read is reported by whoever needs an answer of it
    m_hasKey = std::move(hasKey);
    m_unseen = *std::move(rooms);
    post();
}

void LateKeys::begin(const RoomId &room, const SessionId &session, int limit)
{
    const auto events = m_cache.events().unreadable(room, session, limit);
    if (!events || events->isEmpty())
        return;
    m_jobs.push_back({room, *events, 0});
    post();
}

void LateKeys::look()
{
    if (m_waiting.isEmpty() && !m_unseen.isEmpty()) {
        const RoomId room = m_unseen.takeFirst();
        const auto sessions = m_cache.events().sessionsWaitedFor(room);
        for (const SessionId &session : sessions.value_or(QList<SessionId>()))
            m_waiting.append({room, session});
    }
    for (qsizetype i = 0; i < slice && !m_waiting.isEmpty(); ++i) {
        const auto [room, session] = m_waiting.takeFirst();
        if (m_hasKey(room, session))
            keyArrived(room, session);
    }
}

void LateKeys::post()
{
    const bool idle = m_jobs.empty() && m_unseen.isEmpty() && m_waiting.isEmpty();
    // Later: the key comes in the middle of a synchronisation, whose rooms go first.
    if (!idle && !m_stalled && !std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &LateKeys::work, Qt::QueuedConnection);
}

void LateKeys::work()
{
    m_posted = false;
    if (m_jobs.empty()) {
        look();
        return post();
    }
    Job &job = m_jobs.front();
    const QList<Event> events = job.events.mid(job.next, slice);
    m_stalled = !write(job, events);
    if (m_stalled) {
        // Behind the others: what is wrong may be this one alone.
        std::rotate(m_jobs.begin(), m_jobs.begin() + 1, m_jobs.end());
        return;
    }
    job.next += events.size();
    if (job.next >= job.events.size())
        m_jobs.pop_front();
    post();
}

bool LateKeys::write(const Job &job, const QList<Event> &events)
{
    const auto answers = m_decryptor.decrypt(job.room, events);
    if (!answers)
        return false;
    StateChanges changes;
    QList<RoomEvent> readable;
    for (qsizetype i = 0; i < events.size() && i < answers->size(); ++i) {
        LateDecryption late{job.room, events.at(i).id, {}, Undecryptable::None};
        if (const auto *clear = std::get_if<ClearText>(&answers->at(i))) {
            late.clear = *clear;
            RoomEvent event;
            event.event = events.at(i);
            event.clear = *clear;
            readable.append(std::move(event));
        } else
            late.reason = std::get<Undecryptable>(answers->at(i));
        changes.decryptions.append(std::move(late));
    }
    if (!m_cache.commit(changes))
        return false;
    if (!readable.isEmpty())
        Q_EMIT becameReadable(job.room, readable);
    return true;
}

} // namespace parvis::timeline
