// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_clock.h"
#include "store/keys_file.h"

#include <QSignalSpy>
#include <QTest>

#include "fake_event_path.h"

using namespace parvis;
using namespace Qt::StringLiterals;
using store::QueueState;

namespace {

const RoomId roomA(u"!a:example.org"_s);
const RoomId roomB(u"!b:example.org"_s);
const QString message = u"m.room.message"_s;

/// The queue on a real file, and what a start of the program finds there.
struct Bench {
    KeysFile file;
    FakeClock clock;
    std::unique_ptr<store::QueueStore> store;
    std::unique_ptr<FakeEventPath> path;
    std::unique_ptr<SendQueue> queue;

    Bench() { restart(); }

    void restart()
    {
        queue.reset();
        file.reopen();
        store = std::make_unique<store::QueueStore>(file.database());
        path = std::make_unique<FakeEventPath>(*store);
        queue = std::make_unique<SendQueue>(*store, *path, clock);
    }

    /// Loads what is there and goes online.
    void go()
    {
        QVERIFY(queue->load());
        queue->setOnline(true);
    }

    TransactionId write(const RoomId &room, const char *text)
    {
        return queue->enqueue(room, message, text).value();
    }

    [[nodiscard]] QueueState onDisk(const TransactionId &txn)
    {
        return store->find(txn).value().value().state;
    }

    [[nodiscard]] bool isGone(const TransactionId &txn) { return !store->find(txn).value().has_value(); }

    /// From now on the disk refuses @p what (UPDATE or DELETE) for rows of the queue.
    void refuse(const char *what)
    {
        QVERIFY(file.database().script(QByteArray("CREATE TRIGGER refuse BEFORE ") + what
                                       + " ON queue BEGIN SELECT RAISE(ABORT, 'no'); END"));
    }
    void allow() { QVERIFY(file.database().script("DROP TRIGGER refuse")); }
};

QString code(const Result<void> &result)
{
    return result ? u"done"_s : result.error().code;
}

} // namespace

class TestSendQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsOneAfterTheOtherInTheOrderOfWriting()
    {
        Bench bench;
        bench.go();
        QSignalSpy sent(bench.queue.get(), &SendQueue::sent);
        bench.write(roomA, "1");
        bench.write(roomA, "2");
        bench.write(roomA, "3");
        QCOMPARE(bench.path->bodies(), QByteArrayList({"1"}));

        bench.path->accept("$1");
        QCOMPARE(bench.path->bodies(), QByteArrayList({"1", "2"}));
        bench.path->accept("$2");
        bench.path->accept("$3");

        QCOMPARE(bench.path->bodies(), QByteArrayList({"1", "2", "3"}));
        QCOMPARE(bench.path->kept,
                 QStringList({u"$1 m.room.message 1"_s, u"$2 m.room.message 2"_s, u"$3 m.room.message 3"_s}));
        QCOMPARE(sent.size(), 3);
        QVERIFY(bench.queue->isEmpty());
        QVERIFY(bench.store->rooms().value().isEmpty());
    }

    void isOnTheDiskBeforeItLeaves()
    {
        Bench bench;
        QVERIFY(bench.queue->load());
        const auto txn = bench.write(roomA, "written offline");

        QVERIFY(bench.path->requests.empty());
        QCOMPARE(bench.onDisk(txn), QueueState::Queued);
        bench.queue->setOnline(true);
        QCOMPARE(bench.onDisk(txn), QueueState::Sending);
        QCOMPARE(bench.path->requests.size(), 1);
    }

    void aRoomThatWaitsStopsNoOther()
    {
        Bench bench;
        bench.go();
        bench.write(roomA, "a");
        bench.path->refuse(ErrorKind::Server, "M_UNKNOWN");
        bench.write(roomA, "a2");

        bench.write(roomB, "b");

        QCOMPARE(bench.path->bodies(), QByteArrayList({"a", "b"}));
    }

    void whatPassesIsTriedAgainUnderTheSameTransactionId()
    {
        Bench bench;
        bench.path->encrypts = true;
        bench.go();
        const auto txn = bench.write(roomA, "x");
        bench.write(roomA, "behind it");
        bench.path->refuse(ErrorKind::Timeout, "PARVIS_TIMEOUT");
        QCOMPARE(bench.onDisk(txn), QueueState::Queued);
        QCOMPARE(bench.queue->error(bench.queue->rows(roomA).first())->code, u"PARVIS_TIMEOUT"_s);
        QCOMPARE(bench.path->requests.size(), 1);

        bench.clock.advance(60'000);
        QTRY_COMPARE(bench.path->requests.size(), 2);

        QCOMPARE(bench.path->requests[1].row.txnId, txn);
        QCOMPARE(bench.path->requests[1].event.content, bench.path->requests[0].event.content);
        bench.path->accept("$x");
        QCOMPARE(bench.path->bodies(), QByteArrayList({"x", "x", "behind it"}));
    }

    void theSameTransactionIdAndTheSameOrderAfterARestart()
    {
        Bench bench;
        bench.path->encrypts = true;
        bench.go();
        const auto first = bench.write(roomA, "1");
        const auto second = bench.write(roomA, "2");
        const QByteArray ciphertext = bench.path->requests.front().event.content;

        bench.restart(); // in the middle of the request: nobody knows whether the server has it
        bench.path->encrypts = true;
        bench.go();

        QCOMPARE(bench.path->requests.size(), 1);
        QCOMPARE(bench.path->requests[0].row.txnId, first);
        QCOMPARE(bench.path->requests[0].event.content, ciphertext);
        bench.path->accept("$1");
        QCOMPARE(bench.path->requests[1].row.txnId, second);
    }

    void goingOnlineEndsThePauses()
    {
        Bench bench;
        bench.go();
        bench.write(roomA, "x");
        bench.path->refuse(ErrorKind::Network, "PARVIS_OFFLINE");

        bench.queue->setOnline(false);
        bench.queue->setOnline(true);

        QCOMPARE(bench.path->bodies(), QByteArrayList({"x", "x"}));
    }

    void whatIsFinalStaysAsFailedAndTheNextGoes()
    {
        Bench bench;
        bench.go();
        const auto first = bench.write(roomA, "forbidden");
        bench.write(roomA, "next");
        bench.path->refuse(ErrorKind::Forbidden, "M_FORBIDDEN");

        QCOMPARE(bench.path->bodies(), QByteArrayList({"forbidden", "next"}));
        QCOMPARE(bench.onDisk(first), QueueState::Failed);
        QCOMPARE(bench.queue->waiting(), 1);
        bench.path->accept("$next");
        QCOMPARE(bench.queue->waiting(), 0);

        bench.restart();
        bench.go();
        QVERIFY(bench.path->requests.empty());
        QCOMPARE(bench.queue->error(bench.queue->rows(roomA).first())->kind, ErrorKind::Forbidden);
    }

    void aFailedOneGoesWhenThePersonTriesAgain()
    {
        Bench bench;
        bench.go();
        const auto txn = bench.write(roomA, "x");
        bench.path->refuse(ErrorKind::TooLarge, "M_TOO_LARGE");

        QCOMPARE(code(bench.queue->retry(txn)), u"done"_s);

        QCOMPARE(bench.path->requests.size(), 2);
        QCOMPARE(bench.path->requests[1].row.txnId, txn);
        QCOMPARE(bench.onDisk(txn), QueueState::Sending);
        QCOMPARE(code(bench.queue->retry(TransactionId(u"unknown"_s))), u"PARVIS_NOT_IN_QUEUE"_s);
    }

    void aRateLimitStopsAllRooms()
    {
        Bench bench;
        bench.go();
        bench.write(roomA, "a");
        bench.path->refuse(ErrorKind::RateLimited, "M_LIMIT_EXCEEDED", 300);
        bench.write(roomB, "b");
        QCOMPARE(bench.path->bodies(), QByteArrayList({"a"}));

        QTest::qWait(400); // the timers come, but by the clock it is too early
        QCOMPARE(bench.path->bodies(), QByteArrayList({"a"}));
        bench.clock.advance(1000);
        QTRY_COMPARE(bench.path->requests.size(), 3);
    }

    void whatWaitsCanBeCancelled()
    {
        Bench bench;
        bench.go();
        const auto first = bench.write(roomA, "1");
        const auto second = bench.write(roomA, "2");

        QCOMPARE(code(bench.queue->cancel(first)), u"PARVIS_ALREADY_SENDING"_s);
        QCOMPARE(code(bench.queue->cancel(second)), u"done"_s);
        bench.path->accept("$1");

        QVERIFY(bench.isGone(second));
        QCOMPARE(bench.path->bodies(), QByteArrayList({"1"}));
        QCOMPARE(code(bench.queue->cancel(first)), u"PARVIS_NOT_IN_QUEUE"_s);
    }

    void whatIsCancelledWhileItIsPreparedDoesNotLeave()
    {
        Bench bench;
        bench.go();
        bench.path->holdPreparing = true;
        const auto first = bench.write(roomA, "1");
        bench.write(roomA, "2");

        QCOMPARE(code(bench.queue->cancel(first)), u"done"_s);
        QCOMPARE(bench.path->preparing.size(), 2); // the next one is on its way
        auto late = std::move(bench.path->preparing.front());
        late.resolve(WireEvent{.type = message, .content = "1"});
        QVERIFY(bench.path->requests.empty());
        auto next = std::move(bench.path->preparing.back());
        next.resolve(WireEvent{.type = message, .content = "2"});

        QCOMPARE(bench.path->bodies(), QByteArrayList({"2"}));
    }

    void whatTheServerHasIsNotSentAgainWhenTheHistoryCannotBeWritten()
    {
        Bench bench;
        bench.path->encrypts = true;
        bench.go();
        QSignalSpy sent(bench.queue.get(), &SendQueue::sent);
        bench.path->keepFails = Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0};
        const auto first = bench.write(roomA, "1");
        const auto second = bench.write(roomA, "2");
        bench.path->accept("$1");
        QCOMPARE(bench.path->bodies(), QByteArrayList({"1", "2"}));
        bench.path->accept("$2");
        QCOMPARE(bench.onDisk(first), QueueState::Sent);
        QCOMPARE(bench.onDisk(second), QueueState::Sent);
        QCOMPARE(bench.queue->waiting(), 2);
        QCOMPARE(bench.queue->error(bench.queue->rows(roomA).first())->code, u"PARVIS_DISK_FULL"_s);
        QCOMPARE(code(bench.queue->cancel(first)), u"PARVIS_NOT_IN_QUEUE"_s);
        QCOMPARE(sent.size(), 0);

        bench.path->keepFails.reset();

        QTRY_VERIFY(bench.queue->isEmpty()); // by itself
        QCOMPARE(sent.size(), 2);
        QCOMPARE(bench.path->requests.size(), 2);
        QCOMPARE(bench.path->kept.size(), 2);
        QVERIFY(bench.path->kept[0].startsWith(u"$1 m.room.encrypted"));
        QVERIFY(bench.isGone(first));
    }

    void norWhenItsRowCannotBeRemoved()
    {
        Bench bench;
        bench.go();
        const auto txn = bench.write(roomA, "1");
        bench.refuse("DELETE");
        bench.path->accept("$1");
        QCOMPARE(bench.onDisk(txn), QueueState::Sent);

        bench.allow();
        bench.restart();
        bench.go();

        QVERIFY(bench.path->requests.empty());
        QCOMPARE(bench.path->kept, QStringList({u"$1 m.room.message 1"_s}));
        QVERIFY(bench.isGone(txn));
    }

    void norWhenTheDiskTakesNotEvenTheEventId()
    {
        Bench bench;
        bench.go();
        const auto txn = bench.write(roomA, "1");
        bench.refuse("UPDATE");
        bench.path->accept("$1");
        QCOMPARE(bench.onDisk(txn), QueueState::Sending); // a crash now: again, under its transaction id
        QCOMPARE(bench.queue->rows(roomA).first().state, QueueState::Sent);

        bench.clock.advance(60'000);
        QTest::qWait(700); // longer than the pause: it would leave a second time now
        QCOMPARE(bench.path->requests.size(), 1);
        bench.allow();

        QTRY_VERIFY(bench.queue->isEmpty());
        QCOMPARE(bench.path->requests.size(), 1);
        QVERIFY(bench.isGone(txn));
    }

    void whatTheDiskRefusesToTakeIsSaid()
    {
        Bench bench;
        bench.go();
        QVERIFY(bench.file.database().script("CREATE TRIGGER refuse BEFORE INSERT ON queue BEGIN "
                                             "SELECT RAISE(ABORT, 'no'); END"));

        QVERIFY(!bench.queue->enqueue(roomA, message, "x"));

        QVERIFY(bench.queue->isEmpty());
        QVERIFY(bench.path->requests.empty());
    }
};

QTEST_GUILESS_MAIN(TestSendQueue)
#include "tst_send_queue.moc"
