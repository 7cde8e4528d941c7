// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/peer.h"
#include "send/outgoing_pump.h"

#include <QSignalSpy>

#include <vector>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

const RoomId room(u"!room:example.org"_s);

/// Requests wait until the test answers them.
class FakeTransport : public CryptoTransport
{
public:
    struct Sent {
        OutgoingRequest request;
        Promise<CryptoReply> promise;
    };
    std::vector<Sent> sent;

    Task<CryptoReply> send(const OutgoingRequest &request) override
    {
        sent.push_back({request, {}});
        return sent.back().promise.task();
    }

    void answer(std::size_t index, CryptoReply reply)
    {
        auto promise = std::move(sent.at(index).promise);
        promise.resolve(std::move(reply));
    }
};

QByteArray bodyOf(const OutgoingRequest &request)
{
    return std::visit([](const auto &what) { return what.body; }, request.what);
}

/// One device with real keys, whose requests go through the pump.
struct Bench {
    FakeClock clock;
    FakeKeyServer server;
    Peer bob{server, clock, u"@bob:example.org"_s, u"B"_s};
    Peer alice{server, clock, u"@alice:example.org"_s, u"A"_s};
    FakeTransport transport;
    OutgoingPump pump{*alice.machine, transport, clock};

    Bench() { bob.flush(); }

    /// What the server says to the newest request.
    void accept()
    {
        const OutgoingRequest request = transport.sent.back().request;
        CryptoReply reply{"{}", {}};
        if (const auto *upload = std::get_if<KeysUpload>(&request.what))
            reply.body = server.upload(alice.address, upload->body).value();
        else if (const auto *query = std::get_if<KeysQuery>(&request.what))
            reply.body = server.query(query->body);
        else if (const auto *claim = std::get_if<KeysClaim>(&request.what))
            reply.body = server.claim(claim->body);
        else
            server.sendToDevice(alice.address.first, std::get<SendToDevice>(request.what));
        transport.answer(transport.sent.size() - 1, reply);
    }

    /// Of whatever waits.
    [[nodiscard]] std::optional<Error> trouble() const
    {
        QList<RequestId> all;
        const auto requests = alice.machine->outgoing().value();
        for (const OutgoingRequest &request : requests)
            all += request.id;
        return pump.trouble(all);
    }

    void refuse(ErrorKind kind, const char *code, const QByteArray &body = {}, int retryAfterMs = 0)
    {
        transport.answer(transport.sent.size() - 1,
                         {body, Error{kind, QString::fromLatin1(code), {}, retryAfterMs}});
    }

    void acceptAll()
    {
        while (!pump.isIdle())
            accept();
    }

    /// Until the key for @p room lies there to be sent to Bob.
    void shareKey()
    {
        acceptAll();
        alice.encryptRoom(room);
        for (int round = 0; round < 20; ++round) {
            QVERIFY(alice.machine->prepareSend(room, alice.with({&bob})));
            pump.kick();
            if (std::holds_alternative<SendToDevice>(transport.sent.back().request.what))
                return;
            acceptUntilToDevice();
        }
        QFAIL("no key is shared");
    }

    void acceptUntilToDevice()
    {
        while (!pump.isIdle() && !std::holds_alternative<SendToDevice>(transport.sent.back().request.what))
            accept();
    }
};

} // namespace

class TestOutgoingPump : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
        QVERIFY(bench.alice.machine->discardSession(room));
        QVERIFY(bench.alice.machine->prepareSend(room, bench.alice.with({&bench.bob})));
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
