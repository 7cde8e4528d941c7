// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "client/timeline_port.h"
#include "store/cache/cache.h"

#include <QHash>
#include <QObject>

namespace parvis {

/// How far the person has read, here and at the server. Core thread.
class ReadReceipts : public QObject
{
public:
    ReadReceipts(ApiClient &api, Cache &cache, const Clock &clock);

    /// Everything up to and with @p event is read: the count here changes at once, the server hears of it.
    /// Never goes backwards; an own event stands for the newest one of somebody else before it.
    /// PARVIS_NO_SUCH_EVENT: nothing is told to anybody.
    [[nodiscard]] Result<void> markRead(const RoomId &room, const EventId &event,
                                        ReceiptKind kind = ReceiptKind::Public);
    /// The same in the thread of @p root alone; the count of the room stays as it is.
    [[nodiscard]] Result<void> markThreadRead(const RoomId &room, const EventId &root, const EventId &event,
                                              ReceiptKind kind);
    /// The same for the newest event that is there.
    [[nodiscard]] Result<void> markAllRead(const RoomId &room);

private:
    struct Wanted {
        EventId event;
        ReceiptKind kind = ReceiptKind::Public;
    };

    [[nodiscard]] Result<void> commit(const RoomId &room, const EventId &event, ReceiptKind kind,
                                      const QString &thread);
    [[nodiscard]] Result<std::optional<TimelineRow>> target(const RoomId &room, const EventId &event) const;
    using Place = std::pair<RoomId, QString>; ///< a room, and a thread of it, or none

    void tell(const Place &place);

    ApiClient &m_api;
    Cache &m_cache;
    const Clock &m_clock;
    QHash<Place, Wanted> m_wanted; ///< the newest that the server is to hear of
    QSet<Place> m_telling;
};

} // namespace parvis
