// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Key files through a whole engine: the pool, the core thread and the file system.
#include "crypto/megolm_inbound.h"
#include "crypto/megolm_outbound.h"
#include "engine/bulk_keys.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include "core_world.h"

using namespace parvis;
using namespace parvis::crypto;

class BulkKeysTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<CoreWorld> m_world;

    [[nodiscard]] Engine &engine() const { return m_world->engine(); }
    [[nodiscard]] QString path() const { return m_world->folder.filePath(u"keys.txt"_s); }
    [[nodiscard]] int stored() const { return *engine().sessionsWithoutBackup(); }
    static Secret words() { return Secret(QByteArrayView("quatre mots")); }

    /// So many sessions as if they had come from a file.
    void make(int count) const
    {
        const KeyImporter importer = engine().machine().recovery().importer();
        QList<InboundSessionRecord> prepared;
        for (int i = 0; i < count; ++i) {
            const auto outbound = MegolmOutbound::create();
            const auto inbound = MegolmInbound::fromSessionKey(outbound->sessionKey()->view().toByteArray());
            ExportedSession key{.room = RoomId(u"!r%1:x"_s.arg(i % 50)),
                                .session = outbound->id(),
                                .senderKey = Curve25519Key(QString(43, u'c')),
                                .claimedKey = {},
                                .sessionKey = *inbound->exportAt(0),
                                .sharedHistory = i % 2 == 0};
            prepared.append(*importer.prepare(key));
            if (prepared.size() == 1000 || i + 1 == count) {
                if (!engine().machine().recovery().import(prepared))
                    qFatal("not stored");
                prepared.clear();
            }
        }
    }
    /// Another account's computer, with nothing on it.
    void elsewhere()
    {
        QFile file(path());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no file");
        const QByteArray content = file.readAll();
        m_world = std::make_unique<CoreWorld>();
        if (!m_world->attach())
            qFatal("not attached");
        QFile copy(path());
        if (!copy.open(QIODevice::WriteOnly) || copy.write(content) != content.size())
            qFatal("no copy");
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<CoreWorld>();
        QVERIFY(m_world->attach());
    }
    void cleanup() { m_world.reset(); }

    void whatIsExportedIsImported()
    {
        const int asked = qEnvironmentVariableIntValue("PARVIS_KEYS"); // 100,000 is the long form
        const int count = asked > 0 ? asked : 600;
        make(count);
        QElapsedTimer timer;
        timer.start();
        const auto written = await(BulkKeys::exportFile(engine(), path(), words()), 600'000);
        QVERIFY2(written, written ? "" : qPrintable(written.error().code));
        QCOMPARE(*written, (parvis::KeyCounts{count, count}));
        qInfo("%d keys written in %lld ms, %lld bytes", count, timer.restart(), QFileInfo(path()).size());
        QCOMPARE(QFile::permissions(path()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

        elsewhere();
        timer.restart();
        const auto read = await(BulkKeys::importFile(engine(), path(), words()), 600'000);
        QVERIFY2(read, read ? "" : qPrintable(read.error().code));
        qInfo("%d keys read in %lld ms", count, timer.elapsed());
        QCOMPARE(*read, (parvis::KeyCounts{count, count}));
        QCOMPARE(stored(), count);
        const auto again = await(BulkKeys::importFile(engine(), path(), words()), 600'000);
        QCOMPARE(*again, (parvis::KeyCounts{0, count}));
        QCOMPARE(engine().keyProgress().get(), KeyProgress());
    }

    void theCoreThreadAnswersMeanwhile()
    {
        make(3000);
        QVERIFY(await(BulkKeys::exportFile(engine(), path(), words())));
        elsewhere();
        qint64 longest = 0;
        QElapsedTimer turn;
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, [&] { longest = std::max(longest, turn.restart()); });
        turn.start();
        beat.start(1);
        QVERIFY(await(BulkKeys::importFile(engine(), path(), words())));
        qInfo("longest turn %lld ms", longest);
        QVERIFY(longest < 1000); // on a busy machine; alone it is some ten
    }

    void aFileThatExistsStaysUntilTheNewOneIsWhole()
    {
        make(1200);
        QFile old(path());
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("ancien") == 6);
        old.close();
        auto task = BulkKeys::exportFile(engine(), path(), words());
        BulkKeys::cancel(engine());

        const auto written = await(std::move(task));

        QVERIFY(!written);
        QCOMPARE(written.error().code, u"PARVIS_CANCELLED"_s);
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("ancien"));
        QCOMPARE(m_world->folder.isValid() ? QDir(m_world->folder.path()).entryList({u"keys*"_s}).size() : 0,
                 1);
        QVERIFY(await(BulkKeys::exportFile(engine(), path(), words())));
    }

    void aCancelledImportKeepsWhatItHasAndEnds()
    {
        make(2000);
        QVERIFY(await(BulkKeys::exportFile(engine(), path(), words())));
        elsewhere();
        auto task = BulkKeys::importFile(engine(), path(), words());
        engine().keyProgress().subscribe(this, [this](const KeyProgress &progress) {
            if (progress.total > 0 && progress.done * 4 > progress.total * 3)
                BulkKeys::cancel(engine());
        });
        const auto read = await(std::move(task));
        QVERIFY(!read);
        QCOMPARE(read.error().code, u"PARVIS_CANCELLED"_s);
        QVERIFY(stored() < 2000);
        disconnect(this);
    }

    void onlyOneAtATime()
    {
        auto first = BulkKeys::exportFile(engine(), path(), words());
        const auto second = await(BulkKeys::importFile(engine(), path(), words()));
        QCOMPARE(second.error().code, u"PARVIS_KEY_WORK_BUSY"_s);
        QVERIFY(await(std::move(first)));
    }

    void theEndOfTheProgramDoesNotWaitForAll()
    {
        make(3000);
        QVERIFY(await(BulkKeys::exportFile(engine(), path(), words())));
        elsewhere();
        auto task = BulkKeys::importFile(engine(), path(), words());
        QTest::qWait(1); // it runs
        QElapsedTimer timer;
        timer.start();
        m_world->core.reset();
        QVERIFY2(timer.elapsed() < 15'000, QByteArray::number(timer.elapsed()));
    }

    void wrongWordsTakeNothingIn()
    {
        make(10);
        QVERIFY(await(BulkKeys::exportFile(engine(), path(), words())));
        elsewhere();
        const auto read = await(BulkKeys::importFile(engine(), path(), Secret(QByteArrayView("faux"))));
        QCOMPARE(read.error().code, u"PARVIS_KEY_EXPORT_PASSPHRASE"_s);
        QCOMPARE(stored(), 0);
        const auto empty = await(BulkKeys::exportFile(engine(), path(), Secret()));
        QCOMPARE(empty.error().code, u"PARVIS_PASSPHRASE_NEEDED"_s);
    }
};

QTEST_GUILESS_MAIN(BulkKeysTest)
#include "tst_bulk_keys.moc"
