// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_clock.h"
#include "store/keys_file.h"

#include <QTest>

#include "fake_event_path.h"

using namespace parvis;
using namespace Qt::StringLiterals;
using store::QueueState;

/// Which failures end a message's way, and which only delay it.
class SendFailuresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_file = std::make_unique<KeysFile>();
        m_store = std::make_unique<store::QueueStore>(m_file->database());
        m_path = std::make_unique<FakeEventPath>(*m_store);
        m_queue = std::make_unique<SendQueue>(*m_store, *m_path, m_clock);
        m_queue->setOnline(true);
    }

    void cleanup()
    {
        m_queue.reset();
        m_path.reset();
        m_store.reset();
        m_file.reset();
    }

    void aPageOfSomebodyElseFailsNothing_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("a portal's page") << int(ErrorKind::Protocol) << QByteArray("PARVIS_NOT_JSON");
        QTest::newRow("a proxy's 404") << int(ErrorKind::NotFound) << QByteArray("PARVIS_NOT_FOUND");
        QTest::newRow("a proxy's 403") << int(ErrorKind::Forbidden) << QByteArray("PARVIS_REFUSED");
        QTest::newRow("no event id") << int(ErrorKind::Protocol) << QByteArray("PARVIS_NO_EVENT_ID");
    }
    void aPageOfSomebodyElseFailsNothing()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, code);
        const TransactionId txn = write("one");

        m_path->refuse(ErrorKind(kind), code.constData());

        QCOMPARE(onDisk(txn), QueueState::Queued);
    }

    void butTheWayIsNotBlockedForEver()
    {
        const TransactionId txn = write("one");
        write("two");

        for (int i = 0; i < 5; ++i) {
            m_path->refuse(ErrorKind::Forbidden, "PARVIS_REFUSED");
            reconnect();
        }

        QCOMPARE(onDisk(txn), QueueState::Failed);
        QCOMPARE(m_path->bodies().constLast(), QByteArray("two"));
        QVERIFY(m_queue->retry(txn)); // and the person may try as often again
        m_path->accept("$2");
        m_path->refuse(ErrorKind::Forbidden, "PARVIS_REFUSED");
        QCOMPARE(onDisk(txn), QueueState::Queued);
    }

    void theServersWordIsFinal()
    {
        const TransactionId txn = write("one");

        m_path->refuse(ErrorKind::Forbidden, "M_FORBIDDEN");

        QCOMPARE(onDisk(txn), QueueState::Failed);
    }

    void aTokenThatIsNotTakenFailsNothing()
    {
        const TransactionId txn = write("one");

        m_path->refuse(ErrorKind::Auth, "M_UNKNOWN_TOKEN");

        QCOMPARE(onDisk(txn), QueueState::Queued);
    }

    void aClockThatIsSetBackProlongsNothing()
    {
        write("one");
        m_path->refuse(ErrorKind::Network, "PARVIS_NO_NETWORK");

        m_clock.advance(-5 * 3'600'000);
        write("two");

        QCOMPARE(m_path->bodies(), (QByteArrayList{"one", "one"}));
    }

    void manyThatFailAtOnceFailOneAfterTheOther()
    {
        m_queue->setOnline(false);
        QVERIFY(m_file->database().script("BEGIN")); // one write to the disk is enough here
        for (int i = 0; i < 5000; ++i)
            write("one");
        m_path->holdPreparing = true;
        m_queue->setOnline(true);
        m_path->holdPreparing = false;
        m_path->prepareFails = Error{ErrorKind::Crypto, u"PARVIS_UNKNOWN_ENCRYPTION"_s, {}, 0};

        m_path->preparing[0].resolve(tl::unexpected(*m_path->prepareFails));

        QCOMPARE(m_queue->waiting(), 0);
        QVERIFY(m_file->database().script("COMMIT"));
    }

private:
    TransactionId write(const char *text)
    {
        return m_queue->enqueue(RoomId(u"!r:x"_s), u"m.room.message"_s, text).value();
    }
    [[nodiscard]] QueueState onDisk(const TransactionId &txn)
    {
        return m_store->find(txn).value().value().state;
    }
    void reconnect()
    {
        m_queue->setOnline(false);
        m_queue->setOnline(true);
    }

    FakeClock m_clock;
    std::unique_ptr<KeysFile> m_file;
    std::unique_ptr<store::QueueStore> m_store;
    std::unique_ptr<FakeEventPath> m_path;
    std::unique_ptr<SendQueue> m_queue;
};

QTEST_GUILESS_MAIN(SendFailuresTest)
#include "tst_send_failures.moc"
