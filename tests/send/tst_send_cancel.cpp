// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_clock.h"
#include "store/keys_file.h"

#include <QTest>

#include "fake_event_path.h"

using namespace parvis;
using namespace Qt::StringLiterals;
using store::QueueState;

/// What can be taken back, and what may be at the server already.
class SendCancelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_file = std::make_unique<KeysFile>();
        restart();
        m_queue->setOnline(true);
    }

    void cleanup()
    {
        m_queue.reset();
        m_path.reset();
        m_store.reset();
        m_file.reset();
    }

    void whatMayBeAtTheServerIsNotSaidToBeCancelled_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("no answer in time") << int(ErrorKind::Timeout) << QByteArray("PARVIS_TIMEOUT");
        QTest::newRow("torn off") << int(ErrorKind::Network) << QByteArray("PARVIS_CONNECTION_LOST");
        QTest::newRow("the server fell over") << int(ErrorKind::Server) << QByteArray("M_UNKNOWN");
        QTest::newRow("a gateway gave up") << int(ErrorKind::Server) << QByteArray("PARVIS_SERVER_ERROR");
        QTest::newRow("an odd answer") << int(ErrorKind::Protocol) << QByteArray("PARVIS_NO_EVENT_ID");
    }
    void whatMayBeAtTheServerIsNotSaidToBeCancelled()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, code);
        const TransactionId txn = write();
        m_path->refuse(ErrorKind(kind), code.constData());

        QCOMPARE(cancel(txn), u"PARVIS_MAY_BE_SENT"_s);

        QCOMPARE(m_queue->rows(m_room).size(), 1);
        reconnect();
        QCOMPARE(m_path->requests.back().row.txnId, txn);
        m_path->accept("$1");
        QVERIFY(m_queue->isEmpty());
    }

    void whatCannotBeThereIsTakenBack_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("no network") << int(ErrorKind::Network) << QByteArray("PARVIS_HOST_NOT_FOUND");
        QTest::newRow("nobody listens") << int(ErrorKind::Network) << QByteArray("PARVIS_CONNECTION_REFUSED");
        QTest::newRow("the proxy is away")
            << int(ErrorKind::Network) << QByteArray("PARVIS_PROXY_UNREACHABLE");
        QTest::newRow("certificate") << int(ErrorKind::Tls) << QByteArray("PARVIS_TLS_WRONG_HOST");
        QTest::newRow("too fast") << int(ErrorKind::RateLimited) << QByteArray("M_LIMIT_EXCEEDED");
        QTest::newRow("no token") << int(ErrorKind::Auth) << QByteArray("M_UNKNOWN_TOKEN");
        QTest::newRow("a proxy's 403") << int(ErrorKind::Forbidden) << QByteArray("PARVIS_REFUSED");
    }
    void whatCannotBeThereIsTakenBack()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, code);
        const TransactionId txn = write();
        m_path->refuse(ErrorKind(kind), code.constData());
        QCOMPARE(onDisk(txn), QueueState::Queued);

        QCOMPARE(cancel(txn), u"done"_s);

        QVERIFY(m_queue->isEmpty());
        reconnect();
        QCOMPARE(m_path->requests.size(), 1);
    }

    void norWhenItFailsForAnotherReasonAfterwards()
    {
        const TransactionId txn = write();
        m_path->refuse(ErrorKind::Timeout, "PARVIS_TIMEOUT");
        reconnect();
        m_path->refuse(ErrorKind::Network, "PARVIS_HOST_NOT_FOUND");

        QCOMPARE(cancel(txn), u"PARVIS_MAY_BE_SENT"_s);
        m_path->holdPreparing = true;
        reconnect();
        QCOMPARE(cancel(txn), u"PARVIS_MAY_BE_SENT"_s);
    }

    void norAfterARestart()
    {
        const TransactionId txn = write();

        restart(); // in the middle of the request
        QCOMPARE(cancel(txn), u"PARVIS_MAY_BE_SENT"_s);
        m_queue->setOnline(true);
        m_path->refuse(ErrorKind::Network, "PARVIS_HOST_NOT_FOUND");
        QCOMPARE(onDisk(txn), QueueState::Queued);
        restart();

        QCOMPARE(cancel(txn), u"PARVIS_MAY_BE_SENT"_s);
        m_queue->setOnline(true);
        m_path->accept("$1");
        QVERIFY(m_queue->isEmpty());
    }

    void butWhatOnlyWaitedIsTakenBackThenToo()
    {
        const TransactionId txn = write();
        m_path->refuse(ErrorKind::Network, "PARVIS_HOST_NOT_FOUND");
        restart();

        QCOMPARE(cancel(txn), u"done"_s);
    }

    void whatTheServerRefusedIsNotThere()
    {
        const TransactionId txn = write();
        m_path->refuse(ErrorKind::Timeout, "PARVIS_TIMEOUT");
        reconnect();
        m_path->refuse(ErrorKind::Forbidden, "M_FORBIDDEN");
        QCOMPARE(onDisk(txn), QueueState::Failed);
        m_queue->setOnline(false);
        QVERIFY(m_queue->retry(txn));

        QCOMPARE(cancel(txn), u"done"_s);
    }

    void whatFailedCanAlwaysGo()
    {
        const TransactionId txn = write();
        for (int i = 0; i < 5; ++i) {
            m_path->refuse(ErrorKind::Protocol, "PARVIS_NO_EVENT_ID");
            reconnect();
        }
        QCOMPARE(onDisk(txn), QueueState::Failed);

        QCOMPARE(cancel(txn), u"done"_s);
    }

    void untilItIsTriedAgain()
    {
        const TransactionId txn = write();
        for (int i = 0; i < 5; ++i) {
            m_path->refuse(ErrorKind::Protocol, "PARVIS_NO_EVENT_ID");
            reconnect();
        }
        m_queue->setOnline(false);
        QVERIFY(m_queue->retry(txn));

        QCOMPARE(cancel(txn), u"PARVIS_MAY_BE_SENT"_s);
        restart();
        QCOMPARE(cancel(txn), u"PARVIS_MAY_BE_SENT"_s);
    }

private:
    void restart()
    {
        m_queue.reset();
        m_file->reopen();
        m_store = std::make_unique<store::QueueStore>(m_file->database());
        m_path = std::make_unique<FakeEventPath>(*m_store);
        m_queue = std::make_unique<SendQueue>(*m_store, *m_path, m_clock);
        QVERIFY(m_queue->load());
    }
    void reconnect()
    {
        m_queue->setOnline(false);
        m_queue->setOnline(true);
    }
    TransactionId write() { return m_queue->enqueue(m_room, u"m.room.message"_s, "one").value(); }
    [[nodiscard]] QString cancel(const TransactionId &txn)
    {
        const auto done = m_queue->cancel(txn);
        return done ? u"done"_s : done.error().code;
    }
    [[nodiscard]] QueueState onDisk(const TransactionId &txn)
    {
        return m_store->find(txn).value().value().state;
    }

    const RoomId m_room{u"!r:x"_s};
    FakeClock m_clock;
    std::unique_ptr<KeysFile> m_file;
    std::unique_ptr<store::QueueStore> m_store;
    std::unique_ptr<FakeEventPath> m_path;
    std::unique_ptr<SendQueue> m_queue;
};

QTEST_GUILESS_MAIN(SendCancelTest)
#include "tst_send_cancel.moc"
