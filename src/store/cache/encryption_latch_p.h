// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/room_event.h"
#include "store/database.h"

namespace parvis {

[[nodiscard]] bool isEncryption(const RoomEvent &event);
/// The room of @p row is encrypted from now on. The first algorithm stays, whatever comes later.
[[nodiscard]] Result<void> latchEncryption(Database &database, qint64 row, const QString &algorithm);
/// The same, by an m.room.encryption event, wherever it came from; one without an algorithm still means
/// "encrypted". The first event stays as well: a later one must not make what was sent in clear before it
/// look right.
[[nodiscard]] Result<void> latchEncryption(Database &database, qint64 row, const Event &event);
/// Whether an answer that shows @p events, with the encryption among them, may say of a room that was
/// encrypted before what was sent before that: nothing that is known to be behind it is missing from the
/// answer. Otherwise the server would only have to show the event once more to make what slipped in look
/// right.
[[nodiscard]] Result<bool> reachesBehindEncryption(Database &database, qint64 row,
                                                   const QList<RoomEvent> &events);
/// Where the event of the encryption has no place, all of the timeline is behind it: what is in clear there
/// keeps its mark, wherever that event stands from now on.
[[nodiscard]] Result<void> keepMarksBehindEncryption(Database &database, qint64 row);

} // namespace parvis
