// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "events/event.h"

#include <QList>

namespace parvis {

/// The answer to a question for events: /messages, /members, /relations, /threads.
struct EventPage {
    QList<Event> chunk;
    QList<Event> state; ///< members of whom the chunk speaks, where they are loaded lazily
    QString end;        ///< to ask on with; empty: there is nothing more
    int dropped = 0;    ///< broken events that were left out
};

/// Fails with PARVIS_BAD_EVENTS only where the text is no JSON object with a chunk; pure, any thread.
[[nodiscard]] Result<EventPage> readEventPage(QByteArray body);

} // namespace parvis
