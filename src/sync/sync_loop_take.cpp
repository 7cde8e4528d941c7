// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/sync_loop.h"
#include "sync/sync_reader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// Who counts more does not count: the window would grow for ever.
constexpr qint64 mostRooms = 100'000;

Task<Poller::Taken> failed(const Error &error)
{
    return Task<Poller::Taken>::ready(tl::unexpected(error));
}

/// Longer than anything but a first synchronisation.
constexpr qsizetype longAnswer = 1024 * 1024;

RoomReading readingOf(const QByteArray &body)
{
    return body.size() > longAnswer ? RoomReading::Later : RoomReading::Now;
}

/// The same answer to the same position again and again is no news.
Result<Poller::Taken> outcome(bool some)
{
    return some ? Poller::Taken::Some : Poller::Taken::Nothing;
}

} // namespace

Task<Poller::Taken> SyncLoop::takeEncryption(QByteArray body)
{
    auto update = readSync(std::move(body), SyncDialect::Sliding);
    if (!update)
        return failed(update.error());
    // Without a position the server forgot whose devices changed meanwhile.
    const bool lost = m_encryptionPos.isEmpty();
    if (const auto received = m_parts.crypto.receive(*update, lost); !received)
        return failed(received.error());
    const QString position = update->position;
    const bool some =
        position != m_encryptionPos && (!update->toDevice.isEmpty() || !update->changedDevices.isEmpty());
    // Nothing but this part of it: rooms that a server slips in here have their own connection.
    if (const auto done = m_parts.cache.commit({.positions = {{u"encryption"_s, position}}}); !done)
        return failed(done.error());
    m_encryptionPos = position;
    stored();
    return Task<Poller::Taken>::ready(outcome(some));
}

Task<Poller::Taken> SyncLoop::takeRooms(QByteArray body)
{
    const RoomReading rooms = readingOf(body);
    auto update = readSync(std::move(body), SyncDialect::Sliding, rooms);
    if (!update)
        return failed(update.error());
    const QString position = update->position;
    const bool some = !update->isEmpty() && position != m_roomPos;
    for (const RoomUpdate &room : std::as_const(update->rooms))
        m_seen.insert(room.id);
    const qint64 count = std::min(update->listCounts.value(u"all_rooms"_s, m_listCount), mostRooms);
    return m_parts.apply.apply(*std::move(update), {{u"room-list"_s, position}, {u"classic"_s, QString()}})
        .andThen(this, [this, position, some, count]() -> Result<Poller::Taken> {
            m_roomPos = position;
            m_listCount = count;
            const bool grown = growWindow();
            // A server that did not send all the rooms that it counts, or counts none, has said nothing of
            // the others.
            if (!grown && m_fromScratch && m_listCount >= 0 && m_seen.size() >= m_listCount) {
                m_fromScratch = false;
                if (const auto left = leaveUnseen(); !left)
                    return tl::unexpected(left.error());
            }
            stored();
            return outcome(some || grown);
        });
}

bool SyncLoop::growWindow()
{
    if (m_window.end + 1 >= m_listCount)
        return false;
    m_window.end =
        std::min(m_window.end + RoomWindow::step, std::max<qint64>(m_listCount - 1, RoomWindow::firstEnd));
    return true;
}

Task<Poller::Taken> SyncLoop::takeClassic(QByteArray body)
{
    const RoomReading rooms = readingOf(body);
    auto update = readSync(std::move(body), SyncDialect::Classic, rooms);
    if (!update)
        return failed(update.error());
    const bool first = m_since.isEmpty();
    if (const auto received = m_parts.crypto.receive(*update, first); !received)
        return failed(received.error());
    if (first) {
        m_seen.clear();
        for (RoomUpdate &room : update->rooms) {
            room.initial = true; // whatever was known before has no connection to this
            m_seen.insert(room.id);
        }
    }
    const QString position = update->position;
    const bool some = !update->isEmpty() && position != m_since;
    const bool whole = update->roomsWhole;
    return m_parts.apply
        .apply(*std::move(update),
               {{u"classic"_s, position}, {u"room-list"_s, QString()}, {u"encryption"_s, QString()}})
        .andThen(this, [this, position, some, whole]() -> Result<Poller::Taken> {
            m_since = position;
            if (std::exchange(m_fromScratch, false) && whole) {
                if (const auto left = leaveUnseen(); !left)
                    return tl::unexpected(left.error());
            }
            stored();
            return outcome(some);
        });
}

Result<void> SyncLoop::leaveUnseen()
{
    // Rooms that were left while nothing was heard: no server names them in a fresh start.
    const auto rooms = m_parts.cache.rooms().all();
    if (!rooms)
        return tl::unexpected(rooms.error());
    StateChanges changes;
    for (const StoredRoom &room : *rooms) {
        if (room.membership != MemberState::Leave && room.membership != MemberState::Ban
            && !m_seen.contains(room.id))
            changes.rooms.append({.id = room.id, .membership = MemberState::Leave});
    }
    m_seen.clear();
    if (changes.rooms.isEmpty())
        return {};
    const auto done = m_parts.cache.commit(changes);
    return done ? Result<void>() : tl::unexpected(done.error());
}

void SyncLoop::stored()
{
    m_storedAt = m_parts.clock.nowMs();
    Q_EMIT synced();
}

} // namespace parvis
