// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/sync_apply.h"

#include <QElapsedTimer>

#include <algorithm>

namespace parvis {

namespace {

constexpr int sliceMs = 10;
constexpr qsizetype sliceRooms = 50;
/// So many go into a slice however late it is: each slice ends with a commit, and a processor that others use
/// would make more of them, not less work.
constexpr qsizetype leastEvents = 200;

/// What happened since the last answer, without the history that comes with a room.
QList<RoomEvent> liveOf(const RoomUpdate &update, const QList<RoomEvent> &timeline)
{
    const qsizetype count = update.numLive.value_or(update.initial ? 0 : timeline.size());
    return timeline.mid(timeline.size() - std::clamp<qsizetype>(count, 0, timeline.size()));
}

} // namespace

SyncApply::SyncApply(Cache &cache, SyncCrypto &crypto, const Clock &clock, QObject *parent)
    : QObject(parent), m_cache(cache), m_maker(cache, crypto, clock)
{
}

Task<void> SyncApply::apply(SyncUpdate update, QList<std::pair<QString, QString>> positions)
{
    m_jobs.push_back({std::move(update), std::move(positions), {}, 0});
    Task<void> task = m_jobs.back().promise.task();
    if (m_jobs.size() == 1)
        work();
    return task;
}

void SyncApply::work()
{
    m_posted = false;
    if (m_jobs.empty())
        return;
    const auto done = slice(m_jobs.front());
    if (!done)
        finish(tl::unexpected(done.error()));
    else if (*done)
        finish({});
    // The event loop first: what the person does goes before.
    if (!m_jobs.empty() && !std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &SyncApply::work, Qt::QueuedConnection);
}

void SyncApply::finish(Result<void> result)
{
    Promise<void> promise = std::move(m_jobs.front().promise);
    m_jobs.pop_front();
    promise.resolve(std::move(result));
}

Result<bool> SyncApply::slice(Job &job)
{
    const QList<RoomUpdate> &rooms = job.update.rooms;
    StateChanges changes;
    QList<std::pair<RoomId, QList<RoomEvent>>> live;
    if (job.next == 0)
        changes.accountData = job.update.accountData;
    const qsizetype first = job.next;
    qsizetype next = first;
    QElapsedTimer timer;
    timer.start();
    qsizetype events = 0;
    while (next < rooms.size() && next - first < sliceRooms
           && (events < leastEvents || timer.elapsed() < sliceMs)) {
        events += 1 + rooms.at(next).timeline.size() + rooms.at(next).state.size();
        auto room = m_maker.make(rooms.at(next), job.update.dialect);
        if (!room)
            return tl::unexpected(room.error());
        if (*room && (*room)->membership == MemberState::Join) {
            const auto said = liveOf(rooms.at(next), (*room)->timeline);
            if (!said.isEmpty())
                live.append({(*room)->id, said});
        }
        if (*room)
            changes.rooms.append(**std::move(room));
        ++next;
    }
    const bool last = next == rooms.size();
    if (last)
        changes.positions = job.positions;
    if (const auto done = m_cache.commit(changes); !done)
        return tl::unexpected(done.error());
    job.next = next;
    for (const auto &[room, said] : std::as_const(live))
        Q_EMIT liveEventsCame(room, said);
    for (qsizetype i = first; i < next; ++i) {
        if (rooms.at(i).typing)
            Q_EMIT typingChanged(rooms.at(i).id, *rooms.at(i).typing);
    }
    // What is in the cache need not stay in memory until the last room is there too.
    for (qsizetype i = first; i < next; ++i)
        job.update.rooms[i] = {};
    return last;
}

} // namespace parvis
