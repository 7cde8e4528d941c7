// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/database.h"
#include "store/profile_lock.h"
#include "store/transaction.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

Secret keyOf(char fill)
{
    return Secret(QByteArray(32, fill));
}

enum class Colour { Red = 1, Blue = 7 };

} // namespace

/// One encrypted file: values, transactions, and everything that can be wrong with it.
class tst_Database : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_number = 0;

    DatabaseOptions newFile()
    {
        DatabaseOptions options;
        options.path = m_folder.filePath(u"%1.db"_s.arg(++m_number));
        options.purpose = DatabaseOptions::Purpose::Keys;
        return options;
    }

    static std::unique_ptr<Database> opened(const DatabaseOptions &options, const Secret &key)
    {
        auto database = Database::open(options, key);
        if (!database)
            qWarning("%s %s", qPrintable(database.error().code), qPrintable(database.error().detail));
        return database ? *std::move(database) : nullptr;
    }

    /// A file with @p rows rows of about 1 KB, closed.
    void fill(const DatabaseOptions &options, int rows)
    {
        const auto database = opened(options, keyOf('k'));
        QVERIFY(database);
        QVERIFY(database->script("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)"));
        QVERIFY(transact(*database, [&]() -> Result<void> {
            for (int i = 0; i < rows; ++i) {
                if (auto done = database->run("INSERT INTO t VALUES (?, ?)", i, QByteArray(1000, char(i)));
                    !done)
                    return done;
            }
            return {};
        }));
    }

    static void flip(const QString &path, qint64 from, qint64 count)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly));
        QVERIFY(file.seek(from));
        QByteArray bytes = file.read(count);
        for (char &byte : bytes)
            byte = char(~byte);
        QVERIFY(file.seek(from));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QString codeOf(const DatabaseOptions &options, const Secret &key)
    {
        const auto database = Database::open(options, key);
        return database ? u"opened"_s : database.error().code;
    }

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

    void missingFileIsNoNewOne()
    {
        auto options = newFile();
        options.create = false;

        QCOMPARE(codeOf(options, keyOf('k')), u"PARVIS_STORE_ABSENT"_s);
        QVERIFY(!QFile::exists(options.path));
    }

    void emptiedFileIsNoNewOne()
    {
        auto options = newFile();
        fill(options, 1);
        options.create = false;
        QVERIFY(QFile::resize(options.path, 0));

        QCOMPARE(codeOf(options, keyOf('k')), u"PARVIS_STORE_DAMAGED"_s);
        QCOMPARE(QFileInfo(options.path).size(), 0);
    }

    void wrongKeyIsNamedAndTouchesNothing()
    {
        const auto options = newFile();
        fill(options, 20);
        const QByteArray before = contentOf(options.path);

        QCOMPARE(codeOf(options, keyOf('w')), u"PARVIS_STORE_WRONG_KEY"_s);
        QCOMPARE(codeOf(options, Secret("short")), u"PARVIS_STORE_REFUSED"_s);
        QCOMPARE(contentOf(options.path), before);
        QVERIFY(opened(options, keyOf('k')));
    }

    void damage_data()
    {
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("count");
        QTest::newRow("first page, after the salt") << qint64(16) << qint64(1);
        QTest::newRow("first page, its code") << qint64(4095) << qint64(1);
        QTest::newRow("first page, all but the salt") << qint64(16) << qint64(4080);
    }

    void damage()
    {
        QFETCH(qint64, from);
        QFETCH(qint64, count);
        const auto options = newFile();
        fill(options, 20);
        flip(options.path, from, count);
        const QByteArray before = contentOf(options.path);

        QCOMPARE(codeOf(options, keyOf('k')), u"PARVIS_STORE_DAMAGED"_s);
        QCOMPARE(contentOf(options.path), before);
    }

    void truncatedFileIsDamaged()
    {
        const auto options = newFile();
        fill(options, 20);
        QVERIFY(QFile::resize(options.path, 4096 + 1000));

        QCOMPARE(codeOf(options, keyOf('k')), u"PARVIS_STORE_DAMAGED"_s);
    }

    void aDamagedPageIsNamedWhenItIsRead()
    {
        const auto options = newFile();
        fill(options, 100);
        flip(options.path, 4096 * 10 + 100, 1);
        const auto database = opened(options, keyOf('k'));
        QVERIFY(database);

        const auto read = database->run("SELECT sum(length(b)) FROM t");

        QVERIFY(!read);
        QCOMPARE(read.error().code, u"PARVIS_STORE_DAMAGED"_s);
    }

    void integrityCheckFindsOneFlippedBit()
    {
        auto options = newFile();
        fill(options, 100);
        const qint64 pages = QFileInfo(options.path).size() / 4096;
        options.readOnly = true;
        QVERIFY(opened(options, keyOf('k'))->checkIntegrity());

        for (qint64 page = 1; page < pages; ++page) {
            flip(options.path, page * 4096 + 2000, 1);
            const auto database = opened(options, keyOf('k'));
            const auto checked = database->checkIntegrity();
            QVERIFY(!checked);
            QCOMPARE(checked.error().code, u"PARVIS_STORE_DAMAGED"_s);
            flip(options.path, page * 4096 + 2000, 1);
        }
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
