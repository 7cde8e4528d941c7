// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/search_store.h"

#include "store/cache/rows_p.h"
#include "store/cache/search_ids_p.h"
#include "store/cache/search_wipe.h"
#include "store/cache/try_p.h"
#include "store/transaction.h"

#include <algorithm>

namespace parvis {

namespace {

constexpr int nearTries = 8;

QByteArray columnsOf(QByteArrayView table)
{
    QByteArray out;
    for (const QByteArray &column : eventColumns.toByteArray().split(','))
        out += (out.isEmpty() ? "" : ", ") + table.toByteArray() + '.' + column.trimmed();
    return out;
}

} // namespace

Result<bool> SearchStore::hasPending() const
{
    const auto row = m_database.one("SELECT 1 FROM search_pending LIMIT 1",
                                    [](const Statement &s) { return s.get<bool>(0); });
    if (!row)
        return tl::unexpected(row.error());
    return row->has_value();
}

Result<QList<SearchPending>> SearchStore::pending(int limit, qsizetype bytes) const
{
    static const QByteArray sql = "SELECT " + columnsOf("events")
        + ", events.id, events.room, rooms.room_id,"
          " EXISTS (SELECT 1 FROM events AS edits WHERE edits.room = events.room"
          " AND edits.rel_target = events.event_id AND edits.rel_target <> '' AND edits.rel_type = "
          "'m.replace'), events.preview"
          " FROM search_pending JOIN events ON events.id = search_pending.event"
          " JOIN rooms ON rooms.id = events.room ORDER BY search_pending.event LIMIT ?";
    QList<SearchPending> out;
    Statement statement = m_database.prepare(sql);
    statement.bind(limit);
    while (out.isEmpty() || bytes > 0) {
        const auto row = statement.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            break;
        out.append({statement.get<qint64>(17), statement.get<qint64>(18), statement.get<RoomId>(19),
                    readRow(statement).event, statement.get<bool>(20), statement.get<bool>(21)});
        const RoomEvent &event = out.last().event;
        bytes -= event.clear ? event.clear->content.size() : event.event.raw.size();
    }
    if (auto finished = statement.finish(); !finished)
        return tl::unexpected(finished.error());
    return out;
}

Result<void> SearchStore::lookAt(qint64 row)
{
    return m_database.run("INSERT OR IGNORE INTO search_pending (event) VALUES (?)", row);
}

Result<void> SearchStore::lookAgain(qint64 room, const EventId &id)
{
    return m_database.run("INSERT OR IGNORE INTO search_pending (event) SELECT id FROM events"
                          " WHERE room = ? AND event_id = ?",
                          room, id);
}

Result<void> SearchStore::removeEntry(qint64 id)
{
    PARVIS_TRY(m_database.run("DELETE FROM search_text WHERE rowid = ?", id));
    return m_database.run("DELETE FROM search_entries WHERE id = ?", id);
}

Result<void> SearchStore::remove(qint64 room, const EventId &id)
{
    const auto entry = m_database.one(
        "SELECT search_entries.id FROM events JOIN search_entries ON search_entries.event = events.id"
        " WHERE events.room = ? AND events.event_id = ?",
        [](const Statement &s) { return s.get<qint64>(0); }, room, id);
    if (!entry)
        return tl::unexpected(entry.error());
    PARVIS_TRY(m_database.run(
        "DELETE FROM search_pending WHERE event = (SELECT id FROM events WHERE room = ? AND event_id = ?)",
        room, id));
    if (!*entry)
        return {};
    PARVIS_TRY(SearchWipe(m_database).want());
    return removeEntry(**entry);
}

Result<void> SearchStore::removeRoom(qint64 room)
{
    PARVIS_TRY(SearchWipe(m_database).want());
    PARVIS_TRY(m_database.run(
        "DELETE FROM search_text WHERE rowid IN (SELECT id FROM search_entries WHERE room = ?)", room));
    PARVIS_TRY(m_database.run("DELETE FROM search_entries WHERE room = ?", room));
    return m_database.run("DELETE FROM search_pending WHERE event IN (SELECT id FROM events WHERE room = ?)",
                          room);
}

Result<qint64> SearchStore::senderRow(const UserId &user)
{
    if (const auto found = m_senders.constFind(user); found != m_senders.cend())
        return *found;
    const auto read = [](const Statement &s) { return s.get<qint64>(0); };
    const auto known = m_database.one("SELECT id FROM search_senders WHERE user_id = ?", read, user);
    if (!known)
        return tl::unexpected(known.error());
    if (!*known)
        PARVIS_TRY(m_database.run("INSERT INTO search_senders (user_id) VALUES (?)", user));
    const qint64 row = *known ? **known : m_database.lastInsertId();
    m_senders.insert(user, row);
    return row;
}

Result<qint64> SearchStore::insert(const SearchDocument &document, qint64 least)
{
    const auto sender = senderRow(document.sender);
    if (!sender)
        return tl::unexpected(sender.error());
    const qint64 first = std::max(least, firstSearchId(document.ts));
    qint64 id = first;
    qint64 window = nearTries;
    for (qint64 attempt = 0;; ++attempt) {
        // Next door as long as it is free soon; in a burst of messages anywhere in a window that grows.
        const bool near = attempt < nearTries;
        if (!near && attempt % nearTries == 0)
            window *= 2;
        const auto mixed = quint64(document.row + attempt) * 0x9E3779B97F4A7C15ULL;
        id = first + (near ? attempt : qint64(mixed % quint64(window)));
        PARVIS_TRY(m_database.run("INSERT INTO search_entries (id, event, room, sender, ts, has)"
                                  " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                                  id, document.row, document.room, *sender, document.ts, document.has));
        if (m_database.changes() > 0)
            break;
    }
    PARVIS_TRY(m_database.run("INSERT INTO search_text (rowid, words, stems) VALUES (?, ?, ?)", id,
                              Utf8{document.words}, Utf8{document.stems}));
    return id;
}

Result<void> SearchStore::insertAll(const QList<SearchDocument> &documents)
{
    QList<std::pair<qint64, const SearchDocument *>> placed;
    placed.reserve(documents.size());
    for (const SearchDocument &document : documents) {
        if (!document.isEmpty())
            placed.append({firstSearchId(document.ts), &document});
    }
    // FTS5 writes a segment of its own for each row that comes with a smaller id than the one before.
    std::sort(placed.begin(), placed.end(), [](const auto &a, const auto &b) {
        return std::pair(a.first, a.second->row) < std::pair(b.first, b.second->row);
    });
    m_senders.clear();
    qint64 least = 0;
    for (const auto &[choice, document] : std::as_const(placed)) {
        const auto id = insert(*document, least);
        if (!id)
            return tl::unexpected(id.error());
        least = *id + 1;
    }
    return {};
}

Result<void> SearchStore::writeNew(const QList<SearchDocument> &documents)
{
    return insertAll(documents);
}

Result<void> SearchStore::write(const QList<SearchDocument> &documents)
{
    return transact(m_database, [&]() -> Result<void> {
        for (const SearchDocument &document : documents) {
            const auto old = m_database.one(
                "SELECT id FROM search_entries WHERE event = ?",
                [](const Statement &s) { return s.get<qint64>(0); }, document.row);
            if (!old)
                return tl::unexpected(old.error());
            if (*old)
                PARVIS_TRY(removeEntry(**old));
            PARVIS_TRY(m_database.run("DELETE FROM search_pending WHERE event = ?", document.row));
        }
        return insertAll(documents);
    });
}

} // namespace parvis
