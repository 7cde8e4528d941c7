// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "bare_search.h"

#include "store/transaction.h"

#include "numbers.h"

namespace parvis::bench {

namespace {

constexpr int readerPageCacheKib = 2 * 1024; // as account_files.cpp gives it to readers

constexpr const char *nameOf(BareSearch::Table table)
{
    return table == BareSearch::WithStems ? "with_stems" : "words_alone";
}

qint64 pragma(Database &database, QByteArrayView name)
{
    const auto value =
        database.one("PRAGMA " + name.toByteArray(), [](const Statement &s) { return s.get<qint64>(0); });
    return value ? value->value_or(0) : 0;
}

} // namespace

Result<std::unique_ptr<Database>> searchConnection(const Database &database)
{
    DatabaseOptions options;
    options.path = database.path();
    options.create = false;
    options.readOnly = true;
    options.pageCacheKiB = readerPageCacheKib;
    return Database::open(options, Secret(QByteArray(32, 'k'))); // TemporaryCache's
}

qint64 dropTables(Database &database, const QList<QByteArray> &tables)
{
    const qint64 before = pragma(database, "freelist_count");
    for (const QByteArray &table : tables) {
        if (!database.run("DROP TABLE " + table))
            return 0;
    }
    return (pragma(database, "freelist_count") - before) * pragma(database, "page_size");
}

Result<void> BareSearch::create()
{
    return m_database.script(
        "PRAGMA cache_size = -32768;" // as the product's
        "CREATE TABLE messages (id INTEGER PRIMARY KEY, room INTEGER NOT NULL, sender INTEGER NOT NULL, ts"
        " INTEGER NOT NULL, has INTEGER NOT NULL, event_id TEXT NOT NULL, raw TEXT NOT NULL) STRICT;"
        "CREATE VIRTUAL TABLE with_stems USING fts5 (words, stems, content = '', contentless_delete = 1,"
        " tokenize = 'ascii', prefix = '2 3');"
        "CREATE VIRTUAL TABLE words_alone USING fts5 (words, content = '', contentless_delete = 1,"
        " tokenize = 'ascii', prefix = '2 3');");
}

Result<void> BareSearch::add(const QList<Message> &messages)
{
    return transact(m_database, [&]() -> Result<void> {
        for (const Message &one : messages) {
            if (auto added = m_database.run("INSERT INTO messages (id, room, sender, ts, has, event_id, raw)"
                                            " VALUES (?, ?, ?, ?, ?, ?, ?)",
                                            one.number, one.room, one.sender, one.ts, one.has, one.eventId,
                                            Utf8{one.raw});
                !added)
                return added;
        }
        return {};
    });
}

Result<QList<std::pair<qint64, QByteArray>>> BareSearch::rawFrom(int number, int count)
{
    return m_database.all(
        "SELECT id, raw FROM messages WHERE id >= ? AND id < ?",
        [](const Statement &s) { return std::pair(s.get<qint64>(0), s.get<QString>(1).toUtf8()); }, number,
        number + count);
}

Result<double> BareSearch::index(const QList<SearchDocument> &documents, Table table)
{
    const double before = threadMs();
    const auto done = transact(m_database, [&]() -> Result<void> {
        for (const SearchDocument &one : documents) {
            auto added = table == WithStems
                ? m_database.run("INSERT INTO with_stems (rowid, words, stems) VALUES (?, ?, ?)", one.row,
                                 Utf8{one.words}, Utf8{one.stems})
                : m_database.run("INSERT INTO words_alone (rowid, words) VALUES (?, ?)", one.row,
                                 Utf8{one.words});
            if (!added)
                return added;
        }
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return threadMs() - before;
}

Result<void> BareSearch::openReader()
{
    auto opened = searchConnection(m_database);
    if (!opened)
        return tl::unexpected(opened.error());
    m_reader = *std::move(opened);
    return {};
}

QSet<QString> BareSearch::ask(const Question &question, Table table)
{
    const QByteArray text = nameOf(table);
    QByteArray sql = "SELECT m.event_id, m.raw FROM " + text + " CROSS JOIN messages AS m ON m.id = " + text
        + ".rowid WHERE " + text + " MATCH ?1";
    if (question.room)
        sql += " AND m.room = ?2";
    if (question.sender)
        sql += " AND m.sender = ?3";
    if (question.has != 0)
        sql += " AND m.has & ?4 <> 0";
    if (question.from)
        sql += " AND m.ts >= ?5";
    if (question.until)
        sql += " AND m.ts < ?6";
    sql += " ORDER BY " + text + ".rowid DESC LIMIT ?7";
    const auto rows = m_reader->all(
        sql, [](const Statement &s) { return std::pair(s.get<QString>(0), s.get<QString>(1)); },
        Utf8{question.match}, question.room, question.sender, question.has, question.from, question.until,
        question.limit);
    QSet<QString> out;
    for (const auto &[id, raw] : rows.value_or(QList<std::pair<QString, QString>>()))
        out.insert(id);
    return out;
}

QByteArray BareSearch::plainMatch(const search::Query &query)
{
    QList<QByteArray> all;
    for (const search::Query::Term &term : query.terms)
        all.append('"' + term.words.join(u' ').toUtf8() + (term.prefix ? "\" *" : "\""));
    return all.join(" AND ");
}

qint64 BareSearch::takeAway(Table table)
{
    m_reader.reset();
    return dropTables(m_database, {nameOf(table)});
}

} // namespace parvis::bench
