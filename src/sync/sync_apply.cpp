// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/sync_apply.h"

#include <QElapsedTimer>
#include <QPointer>

#include <algorithm>

namespace parvis {

namespace {

constexpr int sliceMs = 8; // of the core thread's 10
constexpr qsizetype fewestEvents = 60, mostEvents = 2000;
/// So much shares a commit: it costs some milliseconds however little is in it, and nothing is shown before
/// it.
constexpr qsizetype commitEvents = 1000;

/// How much happened since the last answer, without the history that comes with a room.
qsizetype liveIn(const RoomUpdate &update)
{
    const qsizetype count = update.numLive.value_or(update.initial ? 0 : update.timeline.size());
    return std::clamp<qsizetype>(count, 0, update.timeline.size());
}

} // namespace

SyncApply::SyncApply(Cache &cache, SyncCrypto &crypto, const Clock &clock, QObject *parent)
    : QObject(parent), m_cache(cache), m_crypto(crypto), m_clock(clock), m_most(fewestEvents * 4)
{
}

Task<void> SyncApply::apply(SyncUpdate update, QList<std::pair<QString, QString>> positions)
{
    m_jobs.push_back({std::move(update), std::move(positions)});
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
    const auto done = turn(m_jobs.front());
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
    if (!result)
        (void)m_cache.settle(); // the beginning of an answer is harmless, and waits for nothing
    m_unsettled.reset();
    m_group.reset();
    Promise<void> promise = std::move(m_jobs.front().promise);
    m_jobs.pop_front();
    promise.resolve(std::move(result));
}

Result<bool> SyncApply::turn(Job &job)
{
    if (m_unsettled)
        return tl::unexpected(*std::exchange(m_unsettled, {}));
    if (!m_group) {
        if (auto begun = begin(job); !begun)
            return tl::unexpected(begun.error());
        if (m_group->maker.events() > m_most)
            return false;
    }
    const bool written = m_group->maker.isEmpty() && m_group->next > 0;
    if (!written) {
        if (auto done = slice(job); !done)
            return tl::unexpected(done.error());
    }
    // A long commit has a turn of its own: it takes as long as a slice.
    if (!m_group->maker.isEmpty() || (!written && m_group->maker.events() > m_most))
        return false;
    const bool last = job.next == job.update.rooms.size();
    return settle().map([last] { return last; });
}

Result<void> SyncApply::begin(Job &job)
{
    m_group.emplace(Group{.maker = RoomChangesMaker(m_cache, m_crypto, m_clock)});
    RoomChangesMaker &maker = m_group->maker;
    QList<RoomUpdate> &rooms = job.update.rooms;
    for (; job.next < rooms.size() && maker.events() < commitEvents; ++job.next) {
        // What is written need not stay in memory until the last room is there too.
        RoomUpdate room = std::exchange(rooms[job.next], {});
        if (auto read = job.reader.read(room, job.update); !read)
            return read;
        const auto added = maker.add(room, job.update.dialect);
        if (!added)
            return tl::unexpected(added.error());
        if (*added)
            m_group->live.append(liveIn(room));
        if (room.typing)
            m_group->typing.append({room.id, *room.typing});
    }
    return maker.tell();
}

Result<void> SyncApply::slice(Job &job)
{
    QElapsedTimer took;
    took.start();
    auto rooms = m_group->maker.take(m_most);
    if (!rooms || m_unsettled)
        return tl::unexpected(rooms ? *m_unsettled : rooms.error());
    StateChanges changes{.rooms = *std::move(rooms)};
    if (m_group->next == 0)
        changes.accountData = std::exchange(job.update.accountData, {});
    Told told;
    for (const RoomChanges &room : std::as_const(changes.rooms)) {
        const qsizetype live = m_group->live.at(m_group->next++);
        if (live > 0 && room.membership == MemberState::Join)
            told.live.append({room.id, room.timeline.last(live)});
    }
    if (m_group->maker.isEmpty()) {
        told.typing = m_group->typing;
        if (job.next == job.update.rooms.size())
            changes.positions = job.positions;
    }
    auto done = write(changes, std::move(told));
    m_most = std::clamp(took.elapsed() > sliceMs ? m_most / 2 : m_most * 2, fewestEvents, mostEvents);
    return done;
}

Result<void> SyncApply::settle()
{
    auto done = m_cache.settle();
    m_unsettled.reset(); // told by what we answer with
    m_group.reset();
    return done;
}

Result<void> SyncApply::write(const StateChanges &changes, Told told)
{
    const auto settled = [self = QPointer(this), told = std::move(told)](const Result<void> &done) {
        if (!self)
            return;
        if (!done) {
            self->m_unsettled = done.error();
            return;
        }
        for (const auto &[room, said] : told.live) {
            if (self)
                Q_EMIT self->liveEventsCame(room, said);
        }
        for (const auto &[room, users] : told.typing) {
            if (self)
                Q_EMIT self->typingChanged(room, users);
        }
    };
    auto written = m_cache.commitTogether(changes, settled);
    if (!written)
        m_unsettled.reset(); // told by what we answer with
    return written;
}

} // namespace parvis
