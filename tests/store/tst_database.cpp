// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/profile_lock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

#include "database_file.h"

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

enum class Colour { Red = 1, Blue = 7 };

} // namespace

/// One encrypted file: values, transactions, readers beside the writer, modes, a full disk.
class tst_Database : public DatabaseFile
{
    Q_OBJECT

private Q_SLOTS:
    void libraryIsNewEnough() { QVERIFY(Database::checkLibrary()); }

    void valuesComeBackAsTheyWent()
    {
        const auto database = opened(newFile(), keyOf('k'));
        QVERIFY(database->script(
            "CREATE TABLE t (n INTEGER, u TEXT, b BLOB, x TEXT, f REAL, o TEXT, e INTEGER) STRICT"));
        const QByteArray bytes("\0\xff\n", 3);
        const QString text = u"œuf \U0001F600"_s;

        QVERIFY(database->run("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)",
                              std::numeric_limits<qint64>::min(), RoomId(text), bytes, Utf8{"{}"}, 0.5,
                              std::optional<QString>(), Colour::Blue));
        QVERIFY(database->run("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", true, QString(), QByteArray(),
                              QString(), 1.0, std::optional<QString>(u"set"_s), Colour::Red));
        auto read = database->prepare("SELECT n, u, b, x, f, o, e FROM t ORDER BY rowid");

        QCOMPARE(read.step(), Result<bool>(true));
        QCOMPARE(read.get<qint64>(0), std::numeric_limits<qint64>::min());
        QCOMPARE(read.get<RoomId>(1), RoomId(text));
        QCOMPARE(read.get<QByteArray>(2), bytes);
        QVERIFY(read.get<Secret>(2).equals(bytes));
        QCOMPARE(read.get<QByteArray>(3), "{}"_ba);
        QCOMPARE(read.get<double>(4), 0.5);
        QCOMPARE(read.get<std::optional<QString>>(5), std::nullopt);
        QCOMPARE(read.get<Colour>(6), Colour::Blue);
        QCOMPARE(read.step(), Result<bool>(true));
        QCOMPARE(read.get<bool>(0), true);
        QVERIFY(!read.isNull(1) && !read.isNull(2) && !read.isNull(3)); // empty is not NULL
        QCOMPARE(read.get<std::optional<QString>>(5), u"set"_s);
        QCOMPARE(read.step(), Result<bool>(false));
    }

    void oneStatementMayBeInUseTwice()
    {
        const auto options = newFile();
        fill(options, 2);
        const auto database = opened(options, keyOf('k'));
        const auto count = [](const Statement &row) { return row.get<int>(0); };

        auto outer = database->prepare("SELECT a FROM t ORDER BY a");
        QCOMPARE(outer.step(), Result<bool>(true));
        const auto inner = database->all("SELECT a FROM t ORDER BY a", count);

        QCOMPARE(*inner, (QList{0, 1}));
        QCOMPARE(outer.step(), Result<bool>(true));
        QCOMPARE(outer.get<int>(0), 1);
    }

    void wrongSqlIsAnError()
    {
        const auto database = opened(newFile(), keyOf('k'));

        const auto done = database->run("SELECT * FROM nothing WHERE a = ?", u"secret text"_s);

        QVERIFY(!done);
        QCOMPARE(done.error().code, u"PARVIS_STORE_FAILED"_s);
        QVERIFY(!done.error().detail.contains("secret"_L1));
    }

    void constraintsNameTheColumnAndNotTheValue()
    {
        const auto database = opened(newFile(), keyOf('k'));
        QVERIFY(database->script("CREATE TABLE t (a TEXT PRIMARY KEY) STRICT"));
        QVERIFY(database->run("INSERT INTO t VALUES (?)", u"secret text"_s));

        const auto again = database->run("INSERT INTO t VALUES (?)", u"secret text"_s);

        QVERIFY(!again);
        QCOMPARE(again.error().code, u"PARVIS_STORE_REFUSED"_s);
        QVERIFY(again.error().detail.contains("t.a"_L1));
        QVERIFY(!again.error().detail.contains("secret"_L1));
    }

    void valuesHaveALimit()
    {
        const auto database = opened(newFile(), keyOf('k'));
        QVERIFY(database->script("CREATE TABLE t (a BLOB)"));

        const auto done = database->run("INSERT INTO t VALUES (zeroblob(?))", 129 * 1024 * 1024);

        QVERIFY(!done);
        QCOMPARE(done.error().code, u"PARVIS_STORE_TOO_LARGE"_s);
        QCOMPARE(done.error().kind, ErrorKind::TooLarge);
    }

    void transactionsAreAllOrNothing()
    {
        const auto options = newFile();
        fill(options, 0);
        const auto database = opened(options, keyOf('k'));
        const auto count = [&] {
            return **database->one("SELECT count(*) FROM t",
                                   [](const Statement &row) { return row.get<int>(0); });
        };

        {
            auto transaction = Transaction::begin(*database);
            QVERIFY(transaction);
            QVERIFY(database->run("INSERT INTO t VALUES (1, NULL)"));
        }
        QCOMPARE(count(), 0);
        QVERIFY(!transact(*database, [&]() -> Result<void> {
            if (auto done = database->run("INSERT INTO t VALUES (2, NULL)"); !done)
                return done;
            return fail(ErrorKind::Usage, u"stop"_s);
        }));
        QCOMPARE(count(), 0);
        QVERIFY(transact(*database, [&] { return database->run("INSERT INTO t VALUES (3, NULL)"); }));
        QCOMPARE(count(), 1);
    }

    void transactionsDoNotNest()
    {
        const auto database = opened(newFile(), keyOf('k'));
        const auto outer = Transaction::begin(*database);

        const auto inner = Transaction::begin(*database);

        QVERIFY(outer);
        QVERIFY(!inner);
        QCOMPARE(inner.error().code, u"PARVIS_STORE_NESTED"_s);
    }

    void aReaderDoesNotDisturbTheWriter()
    {
        auto options = newFile();
        fill(options, 10);
        const auto writer = opened(options, keyOf('k'));
        options.readOnly = true;
        const auto reader = opened(options, keyOf('k'));
        auto reading = reader->prepare("SELECT a FROM t");
        QCOMPARE(reading.step(), Result<bool>(true));

        QVERIFY(writer->run("DELETE FROM t"));
        QVERIFY(reader->checkIntegrity());
        QVERIFY(!reader->run("DELETE FROM t"));
        QCOMPARE(reading.step(), Result<bool>(true)); // its own view of the time before
    }

    void setAsideKeepsEverything()
    {
        const auto options = newFile();
        fill(options, 5);
        const QByteArray before = contentOf(options.path);

        const auto first = Database::setAside(options.path, 1'700'000'000'000);
        QVERIFY(first);
        QCOMPARE(*first, options.path + ".set-aside-20231114T221320Z"_L1);
        QCOMPARE(contentOf(*first), before);
        QVERIFY(!QFile::exists(options.path));
        fill(options, 1);
        const auto second = Database::setAside(options.path, 1'700'000'000'000);

        QVERIFY(second && *second != *first);
        QCOMPARE(contentOf(*first), before);
    }

    void nothingReadableIsInTheFiles()
    {
        const auto options = newFile();
        const auto database = opened(options, keyOf('k'));
        QVERIFY(database->script("CREATE TABLE marker_table (a TEXT)"));
        QVERIFY(database->run("INSERT INTO marker_table VALUES (?)", u"MARKER-IN-A-ROW"_s));

        const QByteArray wal = contentOf(options.path + "-wal"_L1);

        QVERIFY(wal.size() > 4096);
        QVERIFY(!wal.contains("MARKER") && !wal.contains("marker_table"));
        QVERIFY(!contentOf(options.path).contains("marker_table"));
        QVERIFY(!contentOf(options.path).startsWith("SQLite format"));
    }

    void modesAreTheOwnersAlone()
    {
        const mode_t old = ::umask(0);
        const auto options = newFile();
        fill(options, 1);
        const auto database = opened(options, keyOf('k'));
        const bool wrote = bool(database->run("DELETE FROM t"));
        ::umask(old);
        QVERIFY(wrote);

        for (const auto suffix : {""_L1, "-wal"_L1, "-shm"_L1}) {
            struct stat found = {};
            QCOMPARE(::stat(QFile::encodeName(options.path + suffix).constData(), &found), 0);
            QCOMPARE(found.st_mode & 07777, mode_t(0600));
        }
    }

    void wideModesAreNarrowed()
    {
        const auto options = newFile();
        fill(options, 1);
        QCOMPARE(::chmod(QFile::encodeName(options.path).constData(), 0644), 0);

        QVERIFY(opened(options, keyOf('k')));

        struct stat found = {};
        QCOMPARE(::stat(QFile::encodeName(options.path).constData(), &found), 0);
        QCOMPARE(found.st_mode & 07777, mode_t(0600));
    }

    void whatIsRemovedIsOverwritten()
    {
        for (const auto purpose : {DatabaseOptions::Purpose::Keys, DatabaseOptions::Purpose::Cache}) {
            DatabaseOptions options = newFile();
            options.purpose = purpose;
            const auto database = opened(options, keyOf('k'));
            const auto set = [&](const char *pragma) {
                return **database->one(pragma, [](const Statement &row) { return row.get<int>(0); });
            };
            QCOMPARE(set("PRAGMA secure_delete"), 1);
            QCOMPARE(set("PRAGMA temp_store"), 2); // MEMORY
        }
    }

    void aFullDatabaseRollsBackAndResumes()
    {
        const auto options = newFile();
        fill(options, 3);
        const auto database = opened(options, keyOf('k'));
        QList<bool> told;
        database->onDiskFullChanged([&](bool full) { told.append(full); });
        const auto insert = [&] {
            return transact(*database, [&]() -> Result<void> {
                for (int i = 10; i < 60; ++i) {
                    if (auto done = database->run("INSERT INTO t VALUES (?, ?)", i, QByteArray(1000, 'x'));
                        !done)
                        return done;
                }
                return {};
            });
        };
        QVERIFY(database->script("PRAGMA max_page_count = 10"));

        const auto refused = insert();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"PARVIS_DISK_FULL"_s);
        QVERIFY(isTransient(refused.error()));
        QVERIFY(database->isDiskFull());
        QVERIFY(database->script("PRAGMA max_page_count = 10000"));
        QVERIFY(insert());

        QVERIFY(!database->isDiskFull());
        QCOMPARE(told, (QList{true, false}));
        QCOMPARE(
            **database->one("SELECT count(*) FROM t", [](const Statement &row) { return row.get<int>(0); }),
            53);
    }

    void oneLockAFolder()
    {
        auto first = ProfileLock::acquire(m_folder.path());
        QVERIFY(first);

        // A second open file is a second owner to the kernel, as another process would be.
        const auto second = ProfileLock::acquire(m_folder.path());
        QVERIFY(!second);
        QCOMPARE(second.error().code, u"PARVIS_PROFILE_IN_USE"_s);
        {
            const ProfileLock gone = *std::move(first);
        }

        QVERIFY(ProfileLock::acquire(m_folder.path()));
    }
};

QTEST_GUILESS_MAIN(tst_Database)
#include "tst_database.moc"
