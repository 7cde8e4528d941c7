// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "events/event_page.h"

#include <QList>

namespace parvis {

/// The answer of /context: an event, and what is around it.
struct ContextPage {
    /// More events on one side than this are no answer to what was asked.
    static constexpr qsizetype mostEvents = 1000;

    QList<Event> events; ///< oldest first, the one that was asked for among them
    QList<Event> state;  ///< of the room at the last of them; members only of those that they speak of
    QString start;       ///< asks for what is older
    QString end;         ///< asks for what is newer; empty: nothing is
};

/// Fails with PARVIS_BAD_EVENTS where the text is no such answer, or lacks @p event. What says that it is of
/// another room than @p room is left out, and so is what is broken. Pure, any thread.
[[nodiscard]] Result<ContextPage> readContextPage(QByteArray body, const RoomId &room, const EventId &event);

/// What @p page has right before @p event, as a page of older events.
[[nodiscard]] EventPage olderPart(const ContextPage &page, const EventId &event);

/// Those of @p events that do not say that they are of another room than @p room.
[[nodiscard]] QList<Event> eventsOfRoom(QList<Event> events, const RoomId &room);

} // namespace parvis
