// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/ids.h"
#include "store/cache/encryption_latch_p.h"
#include "store/cache/try_p.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

bool isEncryption(const RoomEvent &event)
{
    return event.event.type == event_type::encryption && event.event.stateKey == QString();
}

Result<void> latchEncryption(Database &database, qint64 row, const QString &algorithm)
{
    return database.run("UPDATE rooms SET encryption = ? WHERE id = ? AND encryption = ''", algorithm, row);
}

Result<void> latchEncryption(Database &database, qint64 row, const Event &event)
{
    PARVIS_TRY(database.run("UPDATE rooms SET encryption_event = ? WHERE id = ? AND encryption_event = ''",
                            event.id, row));
    PARVIS_TRY(database.run("UPDATE rooms SET encrypted_ms = ?1 WHERE id = ?2 AND ?1 > 0 AND "
                            "(encrypted_ms = 0 OR encrypted_ms > ?1)",
                            event.originServerTs, row));
    const QString algorithm = event.content()["algorithm"_L1].toString().left(maxIdLength);
    return latchEncryption(database, row, algorithm.isEmpty() ? u"unknown"_s : algorithm);
}

Result<bool> reachesBehindEncryption(Database &database, qint64 row, const QList<RoomEvent> &events)
{
    const auto behind = database.all(
        "SELECT event_id FROM events AS one WHERE room = ?1 AND chunk >= 0 AND kept = 0 AND NOT EXISTS"
        " (SELECT 1 FROM events, rooms WHERE rooms.id = ?1 AND events.room = ?1 AND event_id = "
        "encryption_event"
        " AND events.chunk >= 0 AND (events.chunk, events.place) >= (one.chunk, one.place))"
        " ORDER BY chunk DESC, place DESC LIMIT ?2",
        [](const Statement &s) { return s.get<EventId>(0); }, row, events.size() + 1);
    if (!behind)
        return tl::unexpected(behind.error());
    QSet<EventId> shown;
    for (const RoomEvent &event : events)
        shown.insert(event.event.id);
    return std::all_of(behind->cbegin(), behind->cend(),
                       [&](const EventId &id) { return shown.contains(id); });
}

Result<void> keepMarksBehindEncryption(Database &database, qint64 row)
{
    return database.run("UPDATE events SET shield = ?2 WHERE room = ?1 AND chunk >= 0 AND clear_type IS NULL"
                        " AND state_key IS NULL AND type <> 'm.room.encrypted' AND NOT EXISTS"
                        " (SELECT 1 FROM events AS it, rooms WHERE rooms.id = ?1 AND it.room = ?1"
                        " AND it.event_id = encryption_event AND it.chunk >= 0)",
                        row, ShieldColour::Red);
}

} // namespace parvis
