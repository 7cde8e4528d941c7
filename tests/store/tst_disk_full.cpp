// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/queue_store.h"
#include "store/private_file.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include <csignal>

#include "keys_file.h"
#include "other_process.h"

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

const RoomId room(u"!r:x"_s);

bool enqueue(Database &keys, int number, Error *error)
{
    store::QueueRow row;
    row.txnId = TransactionId(QString::number(number));
    row.roomId = room;
    row.kind = u"m.room.message"_s;
    row.content = QByteArray(8000, 'c');
    const auto done = store::QueueStore(keys).enqueue(row);
    if (!done)
        *error = done.error();
    return done.has_value();
}

int say(const char *problem)
{
    OtherProcess::say(problem);
    return 1;
}

/// In a folder of 2 MiB: fills it, and goes on once there is room. Answers 0 if nothing was lost.
int fillSmallFolder(const QString &folder)
{
    const QString ballast = folder + "/ballast"_L1;
    if (!writePrivateFile(ballast, QByteArray(512 * 1024, 'b'))
        || !writePrivateFile(folder + "/key.json"_L1, "old"))
        return say("set-up");
    KeysFile file(folder + "/keys.db"_L1);
    Error error;
    int count = 0;
    while (count < 1000 && enqueue(file.database(), count, &error))
        ++count;
    if (count == 0 || count == 1000 || error.code != u"PARVIS_DISK_FULL"_s || !isTransient(error))
        return say("the full disk was not named");
    if (!file.database().isDiskFull() || file.database().inTransaction())
        return say("the state was not kept");
    if (writePrivateFile(folder + "/key.json"_L1, QByteArray(512 * 1024, 'n')))
        return say("a file that does not fit was written");
    if (readPrivateFile(folder + "/key.json"_L1, 100) != Result<QByteArray>("old")
        || QFile::exists(folder + "/key.json.new"_L1))
        return say("the old file was lost, or the new one left behind");
    if (store::QueueStore(file.database()).list(room)->size() != count)
        return say("a row was lost while the disk was full");

    if (!removePrivateFile(ballast) || !enqueue(file.database(), count, &error))
        return say("it did not go on");
    if (file.database().isDiskFull())
        return say("the state stayed");
    file.reopen();
    if (store::QueueStore(file.database()).list(room)->size() != count + 1
        || !file.database().checkIntegrity())
        return say("a row was lost after all");
    OtherProcess::say("fine");
    return 0;
}

} // namespace

/// A disk without room: nothing is lost, it is named, and it goes on.
class tst_DiskFull : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onASmallFileSystem()
    {
        const QTemporaryDir folder;
        QProcess probe;
        const QString mount = u"mount -t tmpfs -o size=2M tmpfs \"$0\""_s;
        probe.start(u"unshare"_s, {u"-rm"_s, u"sh"_s, u"-c"_s, mount, folder.path()});
        if (!probe.waitForFinished() || probe.exitCode() != 0) {
            qInfo("no mount in a name space of its own here: the small file system is passed by");
            return;
        }

        OtherProcess other(u"unshare"_s,
                           {u"-rm"_s, u"sh"_s, u"-c"_s, mount + u" && exec \"$1\" --fill \"$0\""_s,
                            folder.path(), QCoreApplication::applicationFilePath()});

        QVERIFY(other.says("fine"));
        QVERIFY(other.succeeds());
    }

    /// The limit on the size of a file, which a quota looks like. Last: it holds for the process.
    void withALimitOnFiles()
    {
        QVERIFY(std::signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
        KeysFile file;
        rlimit old = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
        rlimit small = old;
        small.rlim_cur = 1024 * 1024;
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);

        Error error;
        int count = 0;
        while (count < 1000 && enqueue(file.database(), count, &error))
            ++count;
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &old), 0);

        QCOMPARE(error.code, u"PARVIS_DISK_FULL"_s);
        QVERIFY(count > 0 && count < 1000);
        QVERIFY(file.database().isDiskFull());
        QVERIFY(enqueue(file.database(), count, &error));
        QVERIFY(!file.database().isDiskFull());
        file.reopen();
        QCOMPARE(store::QueueStore(file.database()).list(room)->size(), count + 1);
        QVERIFY(file.database().checkIntegrity());
    }
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (QCoreApplication::arguments().value(1) == "--fill"_L1)
        return fillSmallFolder(QCoreApplication::arguments().value(2));
    tst_DiskFull test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_disk_full.moc"
