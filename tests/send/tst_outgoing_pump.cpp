// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QSignalSpy>

#include "pump_bench.h"

using namespace parvis;
using namespace parvis::crypto;

namespace {

using Bench = PumpBench;

QByteArray bodyOf(const OutgoingRequest &request)
{
    return std::visit(
        [](const auto &what) {
            if constexpr (requires { what.body; })
                return what.body;
            else
                return QByteArray();
        },
        request.what);
}

} // namespace

class TestOutgoingPump : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUploadThatNobodyAnsweredWaitsForASync()
    {
        Bench bench;
        bench.pump.setOnline(true);
        bench.acceptAll();
        SyncCrypto noneLeft;
        noneLeft.absentCountMeansZero = true;
        bench.alice.receive(noneLeft);
        bench.pump.kick();
        QVERIFY(std::holds_alternative<KeysUpload>(bench.transport.sent.back().request.what));

        bench.refuse(ErrorKind::Timeout, "PARVIS_TIMEOUT");

        const auto sent = bench.transport.sent.size();
        bench.clock.advance(60'000);
        bench.pump.kick();
        QCOMPARE(bench.transport.sent.size(), sent);
        bench.alice.receive(noneLeft);
        bench.pump.kick();
        QCOMPARE(bench.transport.sent.size(), sent + 1);
    }

    void offlineNothingIsSent()
    {
        Bench bench;

        bench.pump.kick();
        QVERIFY(bench.transport.sent.empty());
        bench.pump.setOnline(true);

        QCOMPARE(bench.transport.sent.size(), 1);
        QVERIFY(!bench.pump.isIdle());
    }

    void aRequestOnItsWayIsNotSentTwice()
    {
        Bench bench;
        bench.pump.setOnline(true);

        bench.pump.kick();
        bench.pump.kick();

        QCOMPARE(bench.transport.sent.size(), 1);
    }

    void keysAreUploadedUntilTheMachineWantsNoMore()
    {
        Bench bench;
        bench.pump.setOnline(true);

        bench.acceptAll();

        QVERIFY(bench.pump.isIdle());
        QVERIFY(!bench.trouble());
        QVERIFY(!bench.server.devices[bench.alice.address].oneTimeKeys.empty());
    }

    void whatPassesIsSentAgainLaterUnchanged()
    {
        Bench bench;
        bench.pump.setOnline(true);
        bench.refuse(ErrorKind::Server, "M_UNKNOWN");
        QCOMPARE(bench.trouble()->kind, ErrorKind::Server);
        QVERIFY(!bench.pump.isIdle());
        bench.pump.kick();
        QCOMPARE(bench.transport.sent.size(), 1); // not before its time

        bench.clock.advance(60'000);
        QTRY_COMPARE(bench.transport.sent.size(), 2); // by itself

        const auto &first = bench.transport.sent[0].request;
        const auto &second = bench.transport.sent[1].request;
        QCOMPARE(second.id, first.id);
        QCOMPARE(bodyOf(second), bodyOf(first));
        bench.acceptAll();
        QVERIFY(!bench.trouble());
    }

    void whoWasLeftAloneIsAskedAgainByTheClockAlone()
    {
        Bench bench;
        bench.pump.setOnline(true);
        bench.acceptAll();
        QVERIFY(bench.alice.machine->trackUsers({bench.bob.user()}));
        bench.pump.kick();
        const auto asked = bench.transport.sent.size();
        QVERIFY(std::holds_alternative<KeysQuery>(bench.transport.sent.back().request.what));
        bench.transport.answer(asked - 1, {R"({"failures":{"example.org":{}}})", {}});
        QCOMPARE(bench.transport.sent.size(), asked);

        bench.clock.advance(14'980);
        bench.pump.kick();
        QCOMPARE(bench.transport.sent.size(), asked); // not before its time
        bench.clock.advance(20);

        QTRY_COMPARE(bench.transport.sent.size(), asked + 1);
    }

    /// It would be as large again, and a claim would use up everybody's keys once more.
    void whatWasAnsweredAtTooGreatALengthIsNotAskedForAsItIsAgain()
    {
        Bench bench;
        bench.pump.setOnline(true);
        bench.acceptAll();
        bench.alice.encryptRoom(bench.room);
        QVERIFY(bench.alice.machine->prepareSend(bench.room, bench.alice.with({&bench.bob})));
        bench.pump.kick();
        bench.acceptAll(); // the devices
        QVERIFY(bench.alice.machine->prepareSend(bench.room, bench.alice.with({&bench.bob})));
        bench.pump.kick();
        const auto sent = bench.transport.sent.size();
        QVERIFY(std::holds_alternative<KeysClaim>(bench.transport.sent.back().request.what));
        QSignalSpy noted(&bench.pump, &OutgoingPump::noted);

        bench.refuse(ErrorKind::TooLarge, "PARVIS_REPLY_TOO_LARGE");
        bench.clock.advance(60'000);
        bench.pump.kick();

        QCOMPARE(bench.transport.sent.size(), sent);
        QVERIFY(!bench.trouble());
        QCOMPARE(noted.size(), 1);
    }

    void theServersDelayIsKept()
    {
        Bench bench;
        bench.pump.setOnline(true);
        bench.refuse(ErrorKind::RateLimited, "M_LIMIT_EXCEEDED", {}, 30'000);

        bench.clock.advance(29'000);
        bench.pump.kick();
        QCOMPARE(bench.transport.sent.size(), 1);
        bench.clock.advance(5'000);
        bench.pump.kick();

        QCOMPARE(bench.transport.sent.size(), 2);
    }

    void goingOnlineForgetsTheWaiting()
    {
        Bench bench;
        bench.pump.setOnline(true);
        bench.refuse(ErrorKind::Network, "PARVIS_OFFLINE");

        bench.pump.setOnline(false);
        bench.pump.setOnline(true);

        QCOMPARE(bench.transport.sent.size(), 2);
    }

    void anAnswerThatIsNotTheHomeserversSaysNothingAboutTheRequest()
    {
        Bench bench;
        bench.pump.setOnline(true);
        const auto id = bench.transport.sent[0].request.id;

        bench.refuse(ErrorKind::Protocol, "PARVIS_NOT_JSON", "<html>Connexion au réseau</html>");

        QVERIFY(bench.trouble());
        bench.clock.advance(60'000);
        bench.pump.kick();
        QCOMPARE(bench.transport.sent.back().request.id, id);
    }

    void aTokenThatIsNoLongerTakenKeepsTheRequest()
    {
        Bench bench;
        bench.pump.setOnline(true);
        const auto id = bench.transport.sent[0].request.id;

        bench.refuse(ErrorKind::Auth, "M_UNKNOWN_TOKEN");
        bench.pump.setOnline(false); // until the person has signed in again
        bench.pump.setOnline(true);

        QCOMPARE(bench.transport.sent.back().request.id, id);
    }

    void toDeviceMessagesGoOneAfterTheOther()
    {
        Bench bench;
        bench.pump.setOnline(true);
        bench.shareKey();
        QVERIFY(bench.alice.machine->discardSession(bench.room));
        QVERIFY(bench.alice.machine->prepareSend(bench.room, bench.alice.with({&bench.bob})));
        QCOMPARE(bench.alice.store.tables.toDevice.size(), 2); // two keys for the same device
        const auto first = bench.transport.sent.back().request.id;
        const auto sent = bench.transport.sent.size();

        bench.pump.kick();
        QCOMPARE(bench.transport.sent.size(), sent); // the second waits for the first,
        bench.refuse(ErrorKind::Timeout, "PARVIS_TIMEOUT");
        bench.pump.kick();
        QCOMPARE(bench.transport.sent.size(), sent); // and while that one pauses, too
        bench.clock.advance(60'000);
        bench.pump.kick();
        QCOMPARE(bench.transport.sent.size(), sent + 1);
        QCOMPARE(bench.transport.sent.back().request.id, first);
        bench.accept();

        QVERIFY(bench.transport.sent.back().request.id != first);
        bench.acceptAll();
        QCOMPARE(bench.server.sentToDevice, 2);
    }

    void theSameTransactionIdOnEveryTry()
    {
        Bench bench;
        bench.pump.setOnline(true);
        bench.shareKey();
        const auto txn = std::get<SendToDevice>(bench.transport.sent.back().request.what).txnId;
        // The server has it, but its answer is lost.
        bench.server.sendToDevice(bench.alice.address.first,
                                  std::get<SendToDevice>(bench.transport.sent.back().request.what));
        bench.refuse(ErrorKind::Timeout, "PARVIS_TIMEOUT");

        bench.alice.start(); // and the program with it
        FakeTransport transport;
        OutgoingPump pump(*bench.alice.machine, transport, bench.clock);
        pump.setOnline(true);

        QCOMPARE(transport.sent.size(), 1);
        const auto again = std::get<SendToDevice>(transport.sent[0].request.what);
        QCOMPARE(again.txnId, txn);
        bench.server.sendToDevice(bench.alice.address.first, again);
        QCOMPARE(bench.server.sentToDevice, 1);
    }

    void aFullDiskIsToldAndNothingIsAskedAgainAtOnce()
    {
        Bench bench;
        QSignalSpy stuck(&bench.pump, &OutgoingPump::stuck);
        bench.pump.setOnline(true);
        bench.alice.store.failFrom = 1;

        bench.accept();

        QCOMPARE(stuck.size(), 1);
        QCOMPARE(bench.trouble()->kind, ErrorKind::Storage);
        QVERIFY(!bench.pump.isIdle());
        bench.pump.kick();
        QCOMPARE(bench.transport.sent.size(), 1);
        bench.alice.store.failFrom = 0;
        bench.clock.advance(60'000);
        QTRY_COMPARE(bench.transport.sent.size(), 2); // by itself
        QCOMPARE(bodyOf(bench.transport.sent[1].request), bodyOf(bench.transport.sent[0].request));
        bench.acceptAll();
        QVERIFY(!bench.trouble());
    }

    void troubleIsThatOfWhoAsks()
    {
        Bench bench;
        bench.pump.setOnline(true);
        bench.refuse(ErrorKind::Server, "M_UNKNOWN");
        const RequestId id = bench.transport.sent[0].request.id;

        QVERIFY(bench.pump.trouble({id}));
        QVERIFY(!bench.pump.trouble({RequestId(u"claim-of-others"_s)}));
        bench.clock.advance(60'000);
        bench.pump.kick();
        QVERIFY(!bench.pump.trouble({id})); // it is on its way again
    }

    void aClockThatIsSetBackProlongsNothing()
    {
        Bench bench;
        bench.pump.setOnline(true);
        bench.refuse(ErrorKind::Server, "M_UNKNOWN");

        bench.clock.advance(-5 * 3'600'000);
        bench.pump.kick();

        QCOMPARE(bench.transport.sent.size(), 2);
    }

    void whoWaitsIsToldOfEveryAnswer()
    {
        Bench bench;
        QSignalSpy progressed(&bench.pump, &OutgoingPump::progressed);
        bench.pump.setOnline(true);

        bench.refuse(ErrorKind::Server, "M_UNKNOWN");
        QCOMPARE(progressed.size(), 1);
        bench.clock.advance(60'000);
        bench.pump.kick();
        bench.accept();

        QCOMPARE(progressed.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestOutgoingPump)
#include "tst_outgoing_pump.moc"
