// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/state_changes.h"
#include "store/cache/summary_writer_p.h"
#include "store/cache/try_p.h"

#include <limits>

namespace parvis {

namespace {

constexpr int mostCounted = 9999;

using Place = std::optional<TimelinePlace>;

TimelinePlace readPlace(const Statement &row)
{
    return {row.get<qint64>(0), row.get<qint64>(1)};
}

struct OwnReceipt {
    QString event;
    Place place;
};

Result<Place> newestStretch(Database &database, qint64 room)
{
    return database.one("SELECT max(chunk), 0 FROM gaps WHERE room = ? HAVING max(chunk) IS NOT NULL",
                        readPlace, room);
}

Result<QList<OwnReceipt>> ownReceipts(Database &database, qint64 room, const UserId &own)
{
    return database.all(
        "SELECT e.chunk, e.place, r.event_id FROM receipts r LEFT JOIN events e ON e.room = r.room AND"
        " e.event_id = r.event_id WHERE r.room = ? AND r.user_id = ? AND r.thread IN ('', 'main') ORDER BY "
        "r.ts",
        [](const Statement &row) {
            return OwnReceipt{row.get<QString>(2), row.isNull(0) ? Place() : Place(readPlace(row))};
        },
        room, own);
}

/// Everything up to here is read; also names the event of the furthest own receipt.
Result<std::pair<TimelinePlace, QString>> readUpTo(Database &database, qint64 room, const UserId &own)
{
    TimelinePlace read{std::numeric_limits<qint64>::min(), 0};
    const auto ownEvent = database.one(
        "SELECT chunk, place FROM events WHERE room = ? AND own = 1 ORDER BY chunk DESC, place DESC LIMIT 1",
        readPlace, room);
    if (!ownEvent)
        return tl::unexpected(ownEvent.error());
    read = std::max(read, ownEvent->value_or(read));
    const auto receipts = ownReceipts(database, room, own);
    if (!receipts)
        return tl::unexpected(receipts.error());
    QString event;
    Place furthest;
    bool unknown = false;
    for (const OwnReceipt &receipt : *receipts) {
        unknown = unknown || !receipt.place;
        if (receipt.place && (!furthest || *receipt.place > *furthest)) {
            furthest = receipt.place;
            event = receipt.event;
        } else if (!furthest) {
            event = receipt.event;
        }
    }
    read = std::max(read, furthest.value_or(read));
    if (unknown) {
        const auto stretch = newestStretch(database, room);
        if (!stretch)
            return tl::unexpected(stretch.error());
        if (*stretch)
            read = std::max(read, TimelinePlace{(*stretch)->chunk, std::numeric_limits<qint64>::min()});
    }
    return std::pair(read, event);
}

} // namespace

Result<void> refreshSummary(Database &database, qint64 room, const UserId &own)
{
    const auto read = readUpTo(database, room, own);
    if (!read)
        return tl::unexpected(read.error());
    const auto &[place, receipt] = *read;
    const auto counts = database.one(
        "SELECT count(*), coalesce(sum(counts = 2), 0) FROM (SELECT counts FROM events WHERE room = ? AND "
        "counts > 0"
        " AND (chunk, place) > (?, ?) LIMIT ?)",
        [](const Statement &row) { return std::pair(row.get<qint64>(0), row.get<qint64>(1)); }, room,
        place.chunk, place.place, mostCounted);
    if (!counts)
        return tl::unexpected(counts.error());
    const auto last = database.one(
        "SELECT event_id FROM events WHERE room = ? AND preview = 1 AND redacted = 0"
        " ORDER BY chunk DESC, place DESC LIMIT 1",
        [](const Statement &row) { return row.get<QString>(0); }, room);
    if (!last)
        return tl::unexpected(last.error());
    const auto [unread, highlight] = counts->value_or(std::pair<qint64, qint64>());
    return database.run(
        "UPDATE rooms SET unread = ?, highlight = ?, read_up_to = ?, last_event = ? WHERE id = ?", unread,
        highlight, receipt, last->value_or(QString()), room);
}

} // namespace parvis
