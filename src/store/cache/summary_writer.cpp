// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/rows_p.h"
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
    // But for a hole that a page has read up to what is known.
    return database.one("SELECT max(chunk), 0 FROM gaps WHERE room = ? AND chunk >= 0 AND behind <> 2"
                        " HAVING max(chunk) IS NOT NULL",
                        readPlace, room);
}

Result<QList<OwnReceipt>> ownReceipts(Database &database, qint64 room, const UserId &own)
{
    return database.all(
        "SELECT e.chunk, e.place, r.event_id FROM receipts r LEFT JOIN events e ON e.room = r.room AND"
        " e.event_id = r.event_id AND e.chunk >= 0 WHERE r.room = ? AND r.user_id = ? AND r.thread IN ('', "
        "'main') ORDER BY "
        "r.ts",
        [](const Statement &row) {
            return OwnReceipt{row.get<QString>(2), row.isNull(0) ? Place() : Place(readPlace(row))};
        },
        room, own);
}

/// Everything up to here is read; also names the event of the furthest own receipt.
Result<std::pair<TimelinePlace, QString>> readUpTo(Database &database, qint64 room, const UserId &own)
{
    // Islands lie far back in the past, as far as anybody knows: nothing on them is new.
    TimelinePlace read{0, std::numeric_limits<qint64>::min()};
    // Whoever takes back what they said long ago may have read nothing since.
    const auto ownEvent = database.one("SELECT chunk, place FROM events WHERE room = ? AND chunk >= 0 AND "
                                       "own = 1 AND type <> 'm.room.redaction'"
                                       " ORDER BY chunk DESC, place DESC LIMIT 1",
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

Result<void> SummaryWriter::refresh(qint64 room)
{
    const auto read = readUpTo(m_database, room, m_own);
    if (!read)
        return tl::unexpected(read.error());
    const auto &[place, receipt] = *read;
    auto counts = count(room, place);
    if (counts && counts->unjudged > 0 && m_judge) {
        PARVIS_TRY(judge(room, place));
        counts = count(room, place);
    }
    if (!counts)
        return tl::unexpected(counts.error());
    const auto last = m_database.one(
        "SELECT event_id FROM events WHERE room = ? AND chunk >= 0 AND preview = 1 AND redacted = 0"
        " ORDER BY chunk DESC, place DESC LIMIT 1",
        [](const Statement &row) { return row.get<QString>(0); }, room);
    if (!last)
        return tl::unexpected(last.error());
    return m_database.run("UPDATE rooms SET unread = ?, notifications = ?, highlight = ?, read_up_to = ?,"
                          " last_event = ?, derived = x'' WHERE id = ?",
                          counts->unread, counts->notifications, counts->highlights, receipt,
                          last->value_or(QString()), room);
}

Result<SummaryWriter::Counts> SummaryWriter::count(qint64 room, TimelinePlace read)
{
    // What nobody has judged counts as if there were no rules: all of it, and what names the person for more.
    const auto row = m_database.one(
        "SELECT count(*), coalesce(sum(attention <> 0), 0),"
        " coalesce(sum(CASE attention WHEN -1 THEN counts = 2 ELSE attention = 2 END), 0),"
        " coalesce(sum(attention = -1), 0)"
        " FROM (SELECT counts, attention FROM events WHERE room = ? AND counts > 0"
        " AND attention <> 3 AND (chunk, place) > (?, ?) LIMIT ?)",
        [](const Statement &s) {
            return Counts{s.get<qint64>(0), s.get<qint64>(1), s.get<qint64>(2), s.get<qint64>(3)};
        },
        room, read.chunk, read.place, mostCounted);
    if (!row)
        return tl::unexpected(row.error());
    return row->value_or(Counts());
}

Result<void> SummaryWriter::judge(qint64 room, TimelinePlace read)
{
    const auto name = m_database.one(
        "SELECT room_id FROM rooms WHERE id = ?", [](const Statement &s) { return s.get<RoomId>(0); }, room);
    static const QByteArray sql = "SELECT " + eventColumns.toByteArray()
        + ", id FROM events WHERE room = ? AND counts > 0 AND (chunk, place) > (?, ?) AND attention = -1 "
          "LIMIT ?";
    const auto rows = m_database.all(
        sql, [](const Statement &s) { return std::pair(s.get<qint64>(17), readRow(s).event); }, room,
        read.chunk, read.place, mostCounted);
    if (!name || !rows)
        return tl::unexpected(!name ? name.error() : rows.error());
    QList<RoomEvent> events;
    for (const auto &[id, event] : *rows)
        events.append(event);
    const auto judged = m_judge->judge(name->value_or(RoomId()), events);
    if (!judged)
        return tl::unexpected(judged.error());
    Q_ASSERT(judged->size() == rows->size());
    for (qsizetype i = 0; i < judged->size(); ++i)
        PARVIS_TRY(
            m_database.run("UPDATE events SET attention = ? WHERE id = ?", judged->at(i), rows->at(i).first));
    return {};
}

Result<QList<qint64>> SummaryWriter::judgeAgain()
{
    // Where only ignored people wrote, nothing is unread.
    auto rooms = m_database.all("SELECT id FROM rooms WHERE unread > 0"
                                " UNION SELECT room FROM events WHERE attention = 3",
                                [](const Statement &s) { return s.get<qint64>(0); });
    if (!rooms)
        return rooms;
    for (const qint64 room : std::as_const(*rooms))
        PARVIS_TRY(m_database.run(
            "UPDATE events SET attention = -1 WHERE counts > 0 AND attention <> -1 AND room = ?", room));
    return rooms;
}

} // namespace parvis
