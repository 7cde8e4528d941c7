// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/device_waits_p.h"

#include <algorithm>

namespace parvis::crypto {

namespace {

/// What is left of @p longest; nothing where the clock was set back.
qint64 left(qint64 sinceMs, qint64 longest, qint64 nowMs)
{
    return nowMs < sinceMs ? 0 : std::max<qint64>(0, sinceMs + longest - nowMs);
}

} // namespace

qint64 DeviceWaits::leftMs(const RoomId &room, const QList<UserId> &awaited,
                           const std::function<bool(const UserId &)> &isNew, qint64 nowMs)
{
    if (awaited.isEmpty()) {
        m_rooms.remove(room);
        return 0;
    }
    Room &waits = m_rooms[room];
    if (waits.sinceMs < 0)
        waits.sinceMs = nowMs;
    waits.people.removeIf([&](const auto &entry) { return !awaited.contains(entry.key()); });
    qint64 longest = 0;
    for (const UserId &user : awaited) {
        if (!waits.people.contains(user))
            waits.people.insert(user, nowMs);
        longest = std::max(longest,
                           left(waits.people.value(user), isNew(user) ? longestForNewMs : longestMs, nowMs));
    }
    return std::min(longest, left(waits.sinceMs, longestInAllMs, nowMs));
}

void DeviceWaits::ready(const RoomId &room)
{
    const auto waits = m_rooms.find(room);
    if (waits != m_rooms.end())
        waits->sinceMs = -1;
}

void DeviceWaits::forget(const std::function<bool(const UserId &)> &isCurrent)
{
    for (Room &room : m_rooms)
        room.people.removeIf([&](const auto &entry) { return isCurrent(entry.key()); });
}

} // namespace parvis::crypto
