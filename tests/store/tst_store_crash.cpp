// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/crypto_store_sql.h"
#include "store/keys/queue_store.h"
#include "store/profile_lock.h"
#include "store/transaction.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include "keys_file.h"
#include "other_process.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

const RoomId room(u"!r:x"_s);
constexpr int sharesEachSave = 7;

TransactionId txnOf(int number)
{
    return TransactionId(u"t%1"_s.arg(number));
}

/// Queue row, then ratchet, shares and ciphertext in one save: as sending does. Each is said once it is
/// acknowledged.
[[noreturn]] void write(const QString &path, int from)
{
    KeysFile file(path);
    store::QueueStore queue(file.database());
    store::CryptoStoreSql crypto(file.database());
    for (int number = from;; ++number) {
        store::QueueRow row;
        row.txnId = txnOf(number);
        row.roomId = room;
        row.kind = u"m.room.message"_s;
        row.content = QByteArray(500, 'c');
        if (!queue.enqueue(row))
            qFatal("enqueue");
        OtherProcess::say("queued " + QByteArray::number(number));

        CryptoChanges changes;
        changes.outboundSessions = {{room, SessionId(u"s"_s), QByteArray::number(number), 1, number, false,
                                     HistoryVisibility::Shared}};
        for (int i = 0; i < sharesEachSave; ++i)
            changes.shares.append({room, SessionId(QString::number(number)), UserId(QString::number(i)),
                                   DeviceId(u"d"_s), Curve25519Key(), quint32(number), 0, QString()});
        changes.queuedCiphertext = QueuedCiphertext{row.txnId, QByteArray::number(number)};
        if (!crypto.save(changes))
            qFatal("save");
        OtherProcess::say("saved " + QByteArray::number(number));
    }
}

/// A migration that takes long enough to be killed in.
constexpr auto slowStep =
    "CREATE TABLE slow (a BLOB);"
    "INSERT INTO slow WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 40000)"
    " SELECT zeroblob(500) FROM c;";
const Migration slowSchema[] = {{1, "CREATE TABLE first (a); INSERT INTO first VALUES (1);"}, {2, slowStep}};

std::unique_ptr<Database> openAt(const QString &path, int busyTimeoutMs = 2000)
{
    DatabaseOptions options;
    options.path = path;
    options.purpose = DatabaseOptions::Purpose::Keys;
    options.busyTimeoutMs = busyTimeoutMs;
    auto database = Database::open(options, Secret(QByteArray(32, 'k')));
    if (!database)
        qFatal("%s", qPrintable(database.error().code));
    return *std::move(database);
}

int migrateSlowly(const QString &path)
{
    const auto database = openAt(path);
    if (!migrate(*database, std::span(slowSchema, 1)))
        return 1;
    OtherProcess::say("begun");
    return migrate(*database, slowSchema) ? 0 : 1;
}

int holdLock(const QString &folder)
{
    const auto lock = ProfileLock::acquire(folder);
    OtherProcess::say(lock ? "locked" : lock.error().code.toLatin1());
    std::getchar(); // until the end of the other side
    return 0;
}

int holdTransaction(const QString &path)
{
    const auto database = openAt(path);
    const auto transaction = Transaction::begin(*database);
    OtherProcess::say(transaction ? "writing" : "failed");
    std::getchar();
    return 0;
}

} // namespace

/// What is left when the process dies, and what two processes do to each other.
class tst_StoreCrash : public QObject
{
    Q_OBJECT

private:
    static int number(Database &database, QByteArrayView sql)
    {
        const auto found = database.one(sql, [](const Statement &row) { return row.get<int>(0); });
        return found && *found ? **found : -1;
    }

    static void checkRows(KeysFile &file, const QList<QByteArray> &acknowledged)
    {
        store::QueueStore queue(file.database());
        store::CryptoStoreSql crypto(file.database());
        int highestSaved = 0;
        for (const QByteArray &line : acknowledged) {
            const bool saved = line.startsWith("saved ");
            const int at = line.split(' ').value(1).toInt();
            const auto row = queue.find(txnOf(at));
            QVERIFY2(row && *row, line.constData());
            QVERIFY2(!saved || (*row)->ciphertext == QByteArray::number(at), line.constData());
            highestSaved = saved ? qMax(highestSaved, at) : highestSaved;
        }
        const auto outbound = crypto.outboundSession(room);
        QVERIFY(outbound);
        const int ratchet = *outbound ? (*outbound)->pickle.toInt() : 0;
        QVERIFY(ratchet >= highestSaved);
        // Never one without the other, whatever was acknowledged.
        QCOMPARE(number(file.database(), "SELECT count(*) FROM queue WHERE ciphertext IS NOT NULL"), ratchet);
        QCOMPARE(number(file.database(), "SELECT count(*) FROM share"), ratchet * sharesEachSave);
    }

private Q_SLOTS:
    void whatWasAcknowledgedIsThere()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"keys.db"_s);
        QRandomGenerator dice(4711);
        int next = 1;
        int inTransaction = 0;
        for (int round = 0; round < 20; ++round) {
            OtherProcess writer({u"--write"_s, path, QString::number(next)});
            const int until = next + dice.bounded(12);
            QVERIFY(writer.says((dice.bounded(2) == 0 ? "queued " : "saved ") + QByteArray::number(until)));
            QElapsedTimer timer;
            timer.start();
            const qint64 pause = dice.bounded(4'000'000);
            while (timer.nsecsElapsed() < pause) { // some way into the next step
            }
            writer.kill();

            KeysFile file(path);
            checkRows(file, writer.lines());
            if (QTest::currentTestFailed()) {
                qWarning("round %d", round);
                return;
            }
            next = number(file.database(), "SELECT coalesce(max(seq), 0) FROM queue") + 1;
            // A row without its ciphertext: the kill came between the two, or in the second.
            const int unsaved =
                number(file.database(), "SELECT count(*) FROM queue WHERE ciphertext IS NULL");
            inTransaction += unsaved;
            QVERIFY(file.database().run("DELETE FROM queue WHERE ciphertext IS NULL"));
            next -= unsaved;
            QVERIFY(file.database().run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'queue'", next - 1));
            QVERIFY(file.database().checkIntegrity());
        }
        qInfo("%d messages; %d of 20 kills between the row and its ciphertext", next - 1, inTransaction);
        QVERIFY(next > 20);
    }

    void aMigrationThatIsKilledIsDoneAgain()
    {
        const QTemporaryDir folder;
        QRandomGenerator dice(815);
        int before = 0;
        for (int round = 0; round < 8; ++round) {
            const QString path = folder.filePath(u"%1.db"_s.arg(round));
            OtherProcess other({u"--migrate"_s, path});
            QVERIFY(other.says("begun"));
            QTest::qWait(dice.bounded(60));
            other.kill();

            const auto database = openAt(path);
            const int version = number(*database, "PRAGMA user_version");
            const int tables = number(*database, "SELECT count(*) FROM sqlite_schema WHERE name = 'slow'");
            QVERIFY(version == 1 || version == 2);
            QCOMPARE(tables, version - 1);
            before += version == 1 ? 1 : 0;
            QVERIFY(migrate(*database, slowSchema));
            QCOMPARE(number(*database, "SELECT count(*) FROM slow"), 40000);
            QCOMPARE(number(*database, "SELECT count(*) FROM first"), 1);
        }
        qInfo("%d of 8 kills came in the middle", before);
        QVERIFY(before > 0);
    }

    void aProfileHasOneProcess()
    {
        const QTemporaryDir folder;
        OtherProcess other({u"--lock"_s, folder.path()});
        QVERIFY(other.says("locked"));

        const auto refused = ProfileLock::acquire(folder.path());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"PARVIS_PROFILE_IN_USE"_s);
        OtherProcess third({u"--lock"_s, folder.path()});
        QVERIFY(third.says("PARVIS_PROFILE_IN_USE"));
        third.kill();
        other.kill();

        QVERIFY(ProfileLock::acquire(folder.path())); // the file is still there, and locks nobody out
    }

    void aWriterElsewhereIsNamed()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"keys.db"_s);
        const auto database = openAt(path, 100);
        QVERIFY(database->script("CREATE TABLE t (a)"));
        OtherProcess other({u"--transaction"_s, path});
        QVERIFY(other.says("writing"));

        const auto refused = database->run("INSERT INTO t VALUES (1)");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"PARVIS_PROFILE_IN_USE"_s);
        other.kill();

        QVERIFY(database->run("INSERT INTO t VALUES (1)"));
    }
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.value(1) == "--write"_L1)
        write(words.value(2), words.value(3).toInt());
    if (words.value(1) == "--migrate"_L1)
        return migrateSlowly(words.value(2));
    if (words.value(1) == "--lock"_L1)
        return holdLock(words.value(2));
    if (words.value(1) == "--transaction"_L1)
        return holdTransaction(words.value(2));
    tst_StoreCrash test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_store_crash.moc"
