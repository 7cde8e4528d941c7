// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/search_store.h"

#include <QHash>

namespace parvis {

/// Events that came with a commit and that nothing has touched since: the index takes them from here, with
/// the same commit, and need not read them again.
class FreshEvents
{
public:
    void add(qint64 row, qint64 room, const RoomEvent &event)
    {
        m_events.insert({room, event.event.id}, {.row = row, .room = room, .roomId = {}, .event = event});
    }
    /// Somebody else cares for it now. Answers with its row in events, if it is one of them.
    std::optional<qint64> take(qint64 room, const EventId &id)
    {
        const auto found = m_events.constFind({room, id});
        if (found == m_events.cend())
            return {};
        const qint64 row = found->row;
        m_events.erase(found);
        return row;
    }
    void dropRoom(qint64 room)
    {
        erase_if(m_events, [&](const auto &one) { return one.key().first == room; });
    }
    /// All of them, in the order in which they came.
    [[nodiscard]] QList<SearchPending> takeAll();

private:
    QHash<std::pair<qint64, EventId>, SearchPending> m_events;
};

} // namespace parvis
