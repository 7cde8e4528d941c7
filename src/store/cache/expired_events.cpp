// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/expired_events_p.h"

#include <algorithm>

namespace parvis {

Result<std::optional<QList<RoomEvent>>> ExpiredEvents::without(qint64 row, const QList<RoomEvent> &events)
{
    std::optional<QList<RoomEvent>> left;
    if (!m_clock || events.isEmpty())
        return left;
    const auto lifetime = m_database.one(
        "SELECT retention_ms FROM rooms WHERE id = ? AND retention_ms > 0",
        [](const Statement &s) { return s.get<qint64>(0); }, row);
    if (!lifetime)
        return tl::unexpected(lifetime.error());
    if (!*lifetime)
        return left;
    const qint64 oldest = m_clock->nowMs() - **lifetime;
    const auto stays = [oldest](const RoomEvent &event) {
        return event.event.isState() || event.event.originServerTs >= oldest;
    };
    if (std::all_of(events.cbegin(), events.cend(), stays))
        return left;
    left.emplace();
    std::copy_if(events.cbegin(), events.cend(), std::back_inserter(*left), stays);
    return left;
}

} // namespace parvis
