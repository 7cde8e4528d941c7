// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/api_history_source.h"

#include "api/messages.h"

namespace parvis {

Task<EventPage> ApiHistorySource::older(const RoomId &room, const QString &from, int limit)
{
    return m_api.sendWithRetry(api::Messages{.roomId = room, .from = from, .limit = limit})
        .andThen(this, [](const QByteArray &body) { return readEventPage(body); });
}

} // namespace parvis
