// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/late_keys.h"

namespace parvis::timeline {

namespace {

constexpr qsizetype slice = 50;
constexpr int onOpening = 100;

} // namespace

LateKeys::LateKeys(Cache &cache, Decryptor &decryptor, QObject *parent)
    : QObject(parent), m_cache(cache), m_decryptor(decryptor)
{
}

void LateKeys::keyArrived(const RoomId &room, const SessionId &session)
{
    if (!session.isEmpty())
        begin(room, session, mostOfOneSession);
}

void LateKeys::retryRoom(const RoomId &room)
{
    begin(room, {}, onOpening);
}

void LateKeys::begin(const RoomId &room, const SessionId &session, int limit)
{
    const auto events = m_cache.events().unreadable(room, session, limit);
    if (!events || events->isEmpty())
        return; // a store that cannot be read is reported by whoever needs an answer of it
    m_jobs.push_back({room, *events, 0});
    // Later: the key comes in the middle of a synchronisation, whose rooms go first.
    if (!std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &LateKeys::work, Qt::QueuedConnection);
}

void LateKeys::work()
{
    m_posted = false;
    if (m_jobs.empty())
        return;
    Job &job = m_jobs.front();
    const QList<Event> events = job.events.mid(job.next, slice);
    job.next += events.size();
    const auto answers = m_decryptor.decrypt(job.room, events);
    StateChanges changes;
    for (qsizetype i = 0; answers && i < events.size() && i < answers->size(); ++i) {
        LateDecryption late{job.room, events.at(i).id, {}, Undecryptable::None};
        if (const auto *clear = std::get_if<ClearText>(&answers->at(i)))
            late.clear = *clear;
        else
            late.reason = std::get<Undecryptable>(answers->at(i));
        changes.decryptions.append(std::move(late));
    }
    const bool written = answers && m_cache.commit(changes);
    if (!written || job.next >= job.events.size())
        m_jobs.pop_front(); // not written: the next opening of the room tries again
    if (!m_jobs.empty() && !std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &LateKeys::work, Qt::QueuedConnection);
}

} // namespace parvis::timeline
