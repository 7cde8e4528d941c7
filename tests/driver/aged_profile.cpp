// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Gives an account's two files the schemas of an older Parvis, with all rows that those know: what the next
// start has to bring up to date. Tests alone use it; ships in no installer.
//
//   parvis-aged-profile PROFILE VAULT USER CACHE_VERSION KEYS_VERSION
//
// VAULT: the folder of a file vault.
#include "fakes/await.h"
#include "fakes/fake_clock.h"
#include "fakes/file_vault.h"
#include "session/profile_store.h"
#include "store/migrations.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

// What the index is made of: it is written anew.
constexpr auto indexTables = "search_"_L1;

Result<QStringList> tablesOf(Database &database)
{
    return database.all(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        [](const Statement &row) { return row.get<QString>(0); });
}

QByteArray quoted(const QString &name)
{
    return '"' + name.toUtf8() + '"';
}

Result<void> putAside(Database &database)
{
    const auto tables = tablesOf(database);
    if (!tables)
        return tl::unexpected(tables.error());
    for (const QString &table : *tables) {
        if (table.startsWith(indexTables))
            continue;
        if (auto done = database.script("CREATE TEMP TABLE " + quoted(u"now_"_s + table)
                                        + " AS SELECT * FROM main." + quoted(table));
            !done)
            return done;
    }
    // The virtual table takes those that belong to it along.
    if (auto done = database.script("DROP TABLE IF EXISTS search_text"); !done)
        return done;
    for (const QString &table : *tables) {
        if (auto done = database.script("DROP TABLE IF EXISTS main." + quoted(table)); !done)
            return done;
    }
    return database.script("PRAGMA user_version = 0");
}

Result<void> putBack(Database &database)
{
    const auto tables = tablesOf(database);
    if (!tables)
        return tl::unexpected(tables.error());
    for (const QString &table : *tables) {
        const auto columns = database.one(
            "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info(?)"
            " WHERE name IN (SELECT name FROM pragma_table_info(?))",
            [](const Statement &row) { return row.get<QString>(0); }, table, u"now_"_s + table);
        if (!columns)
            return tl::unexpected(columns.error());
        const QByteArray names = columns->value_or(QString()).toUtf8();
        if (names.isEmpty())
            continue;
        if (auto done = database.script("DELETE FROM main." + quoted(table) + "; INSERT INTO main."
                                        + quoted(table) + " (" + names + ") SELECT " + names + " FROM temp."
                                        + quoted(u"now_"_s + table));
            !done)
            return done;
    }
    return {};
}

Result<void> age(Database &database, std::span<const Migration> schema)
{
    return database.script("PRAGMA foreign_keys = OFF")
        .and_then([&] { return putAside(database); })
        .and_then([&] { return migrate(database, schema); })
        .and_then([&] { return putBack(database); });
}

Result<void> run(const QStringList &words)
{
    session::FileVault vault(words.at(2));
    const FakeClock clock;
    const auto store = session::ProfileStore::open(words.at(1), vault, clock);
    if (!store)
        return tl::unexpected(store.error());
    const auto files = await((*store)->open(UserId(words.at(3)), Secret()));
    if (!files)
        return tl::unexpected(files.error());
    return age((*files)->cache(), cacheSchema().first(words.at(4).toUInt())).and_then([&] {
        return age((*files)->keys(), keysSchema().first(words.at(5).toUInt()));
    });
}

} // namespace

} // namespace parvis

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 6)
        return 2;
    const auto done = parvis::run(words);
    if (!done)
        (void)std::fprintf(stderr, "parvis-aged-profile: %s %s\n", qPrintable(done.error().code),
                           qPrintable(done.error().detail));
    return done ? 0 : 1;
}
