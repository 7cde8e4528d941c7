// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/rows_p.h"
#include "store/cache/search_ids_p.h"
#include "store/cache/search_store.h"

#include <algorithm>

namespace parvis {

namespace {

struct Found {
    qint64 id = 0;
    qint64 row = 0;
    qint64 ts = 0;
};

/// Written anew for each kind of question, so that SQLite sees which conditions there are.
QByteArray sqlFor(const SearchTerms &terms, bool best)
{
    const bool text = !terms.match.isEmpty();
    QByteArray sql = "SELECT e.id, e.event, e.ts FROM ";
    // CROSS JOIN: the index decides the order, and is read no further than needed.
    sql += text ? "search_text CROSS JOIN search_entries AS e ON e.id = search_text.rowid"
                : "search_entries AS e";
    sql += " CROSS JOIN rooms ON rooms.id = e.room AND rooms.membership = ?9";
    QList<QByteArray> where;
    if (text)
        where.append("search_text MATCH ?1");
    if (!terms.room.isEmpty())
        where.append("e.room = (SELECT id FROM rooms WHERE room_id = ?2)");
    if (!terms.sender.isEmpty())
        where.append("e.sender = (SELECT id FROM search_senders WHERE user_id = ?3)");
    if (terms.has != 0)
        where.append("e.has & ?4 <> 0");
    if (terms.from)
        where.append("e.ts >= ?5");
    if (terms.until)
        where.append("e.ts < ?6");
    if (!best && terms.after)
        where.append("(e.ts, e.id) < (?7, ?8)");
    if (!where.isEmpty())
        sql += " WHERE " + where.join(" AND ");
    if (best)
        return sql + " ORDER BY search_text.rank LIMIT ?10 OFFSET ?8";
    return sql + (text ? " ORDER BY search_text.rowid DESC" : " ORDER BY e.id DESC") + " LIMIT ?10";
}

bool isNewer(const Found &a, const Found &b)
{
    return std::pair(a.ts, a.id) > std::pair(b.ts, b.id);
}

/// The @p most newest of the rows that come by falling id.
Result<QList<Found>> newest(Statement &statement, qsizetype most)
{
    QList<Found> found;
    for (;;) {
        const auto row = statement.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return found;
        const Found one{statement.get<qint64>(0), statement.get<qint64>(1), statement.get<qint64>(2)};
        if (found.size() == most && olderThanMs(one.id) <= found.last().ts)
            return found; // and so is everything behind it
        found.insert(std::upper_bound(found.begin(), found.end(), one, isNewer), one);
        if (found.size() > most)
            found.removeLast();
    }
}

Result<QList<Found>> inTheirOrder(Statement &statement)
{
    QList<Found> found;
    for (;;) {
        const auto row = statement.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return found;
        found.append({statement.get<qint64>(0), statement.get<qint64>(1), statement.get<qint64>(2)});
    }
}

/// The events themselves, in this order. One statement for all: each begins to read the file anew, which
/// costs more than a row.
Result<QList<SearchRow>> rowsOf(Database &database, const QList<Found> &found)
{
    static const QByteArray sql = "SELECT " + eventColumns.toByteArray()
        + ", (SELECT room_id FROM rooms WHERE rooms.id = events.room) FROM (SELECT key, value FROM"
          " json_each(?)) AS wanted CROSS JOIN events ON events.id = wanted.value ORDER BY wanted.key";
    if (found.isEmpty())
        return QList<SearchRow>();
    QByteArray ids;
    for (const Found &one : found)
        ids += (ids.isEmpty() ? '[' : ',') + QByteArray::number(one.row);
    return database.all(
        sql,
        [](const Statement &s) {
            return SearchRow{s.get<RoomId>(17), readRow(s).event};
        },
        Utf8{ids + ']'});
}

} // namespace

Result<SearchPage> SearchStore::find(const SearchTerms &terms) const
{
    const bool best = terms.best && !terms.match.isEmpty();
    const SearchPlace after = terms.after.value_or(SearchPlace());
    auto found = [&] {
        Statement statement = m_database.prepare(sqlFor(terms, best));
        // The last number is always there: so whatever is not asked may be bound all the same.
        statement.bind(Utf8{terms.match}, terms.room, terms.sender, terms.has, terms.from, terms.until,
                       after.ts, after.id, MemberState::Join, best ? terms.limit + 1 : -1);
        return best ? inTheirOrder(statement) : newest(statement, terms.limit + 1);
    }();
    if (!found)
        return tl::unexpected(found.error());
    SearchPage page;
    if (found->size() > terms.limit) {
        found->removeLast();
        page.next =
            best ? SearchPlace{0, after.id + terms.limit} : SearchPlace{found->last().ts, found->last().id};
    }
    auto rows = rowsOf(m_database, *found);
    if (!rows)
        return tl::unexpected(rows.error());
    page.rows = *std::move(rows);
    return page;
}

} // namespace parvis
