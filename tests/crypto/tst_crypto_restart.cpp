// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QRandomGenerator>

#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

/// The clear half of a Megolm message: its index, read from the ciphertext itself (version, 0x08, varint).
quint32 indexOf(const QByteArray &event)
{
    const QByteArray bytes = QByteArray::fromBase64(
        FakeKeyServer::parse(event)["content"_L1].toObject()["ciphertext"_L1].toString().toLatin1());
    quint32 index = 0;
    for (int at = 2, shift = 0; at < bytes.size() && shift < 32; ++at, shift += 7) {
        index |= quint32(uchar(bytes[at]) & 0x7f) << shift;
        if (!(uchar(bytes[at]) & 0x80))
            break;
    }
    return index;
}

QString sessionOf(const QByteArray &event)
{
    return FakeKeyServer::parse(event)["content"_L1].toObject()["session_id"_L1].toString();
}

} // namespace

/// A program that dies, a disk that is full, and dice: nothing is lost and no ratchet goes back.
class CryptoRestartTest : public QObject
{
    Q_OBJECT

private:
    const RoomId room{u"!r:one"_s};
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Peer> bob;

    [[nodiscard]] std::unique_ptr<Peer> peer(const QString &user, const QString &device)
    {
        auto made = std::make_unique<Peer>(*server, clock, user, device);
        made->flush();
        made->encryptRoom(room);
        return made;
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = peer(u"@alice:one"_s, u"A"_s);
        bob = peer(u"@bob:two"_s, u"B"_s);
    }

    void aRestartBeforeEachStepChangesNothing()
    {
        const RoomMembers members = alice->with({bob.get()});
        bool ready = false;
        for (int step = 0; step < 40 && !ready; ++step) {
            alice->start();
            const auto readiness = alice->machine->prepareSend(room, members);
            QVERIFY(readiness);
            ready = readiness->ready;
            if (ready)
                break;
            // What a query or a claim was for is concluded again after a restart, so the answer comes in the
            // same life.
            const auto requests = *alice->machine->outgoing();
            for (const OutgoingRequest &request : requests)
                alice->send(request);
        }
        QVERIFY(ready);
        const auto event = alice->machine->encrypt(room, u"m.room.message"_s, R"({"body":"hi"})", {});
        QVERIFY(event);

        bob->start();
        const SyncCrypto sync = server->sync(bob->address);
        bob->receive(sync);
        bob->start(); // before the server was told
        bob->receive(sync);
        bob->start();

        QCOMPARE(bob->read(room, alice->roomEvent(room, *event)), u"hi"_s);
        QCOMPARE(*bob->machine->toDeviceSince(), sync.toDeviceNextBatch);
    }

    void anIndexIsNeverUsedTwice()
    {
        QSet<quint32> seen;
        for (int i = 0; i < 20; ++i) {
            const QByteArray event = alice->say(room, alice->with({bob.get()}), QString::number(i));
            QVERIFY(!seen.contains(indexOf(event)));
            seen.insert(indexOf(event));
            alice->start();
        }
        QCOMPARE(seen.size(), 20);
    }

    void theCiphertextIsInTheQueueTogetherWithTheRatchet()
    {
        QVERIFY(alice->prepare(room, alice->with({bob.get()})));
        const TransactionId row(u"t1"_s);
        alice->store.tables.queue[row] = {};
        const auto before = alice->store.tables.outbound[room].pickle;

        const auto event = alice->machine->encrypt(room, u"m.room.message"_s, R"({"body":"hi"})", row);

        QCOMPARE(alice->store.tables.queue[row], *event);
        QVERIFY(alice->store.tables.outbound[room].pickle != before);
    }

    void aCancelledMessageUsesUpNothing()
    {
        QVERIFY(alice->prepare(room, alice->with({bob.get()})));
        const auto before = alice->store.tables;

        const auto event = alice->machine->encrypt(room, u"m.room.message"_s, "{}", TransactionId(u"gone"_s));

        QVERIFY(!event);
        QCOMPARE(event.error().kind, ErrorKind::NotFound);
        QVERIFY(alice->store.tables == before);
    }

    void whenTheDiskIsFullNothingIsShownAndNothingIsLost()
    {
        const QByteArray event = alice->say(room, alice->with({bob.get()}), u"hi"_s);
        const SyncCrypto sync = server->sync(bob->address);
        const auto before = bob->store.tables;
        bob->store.failFrom = 1;

        QVERIFY(!bob->machine->receiveSync(sync));
        QVERIFY(bob->store.tables == before);
        bob->store.failFrom = 0;
        bob->receive(sync);
        bob->store.failFrom = 1;
        QVERIFY(!bob->machine->decrypt(room, {event})); // the index could not be noted
        QVERIFY(!bob->machine->prepareSend(room, bob->with({alice.get()})));
        bob->store.failFrom = 0;

        QCOMPARE(bob->read(room, event), u"hi"_s);
        const QByteArray answer = bob->say(room, bob->with({alice.get()}), u"hello"_s);
        alice->sync();
        QCOMPARE(alice->read(room, answer), u"hello"_s);
    }

    void aFullDiskWhileEncryptingLeavesTheRatchetWhereItWas()
    {
        QVERIFY(alice->prepare(room, alice->with({bob.get()})));
        alice->store.failFrom = 1;
        QVERIFY(!alice->machine->encrypt(room, u"m.room.message"_s, R"({"body":"lost"})", {}));
        alice->store.failFrom = 0;

        const auto event = alice->machine->encrypt(room, u"m.room.message"_s, R"({"body":"hi"})", {});
        bob->sync();

        QVERIFY(event);
        QCOMPARE(indexOf(alice->roomEvent(room, *event)), 0U);
        QCOMPARE(bob->read(room, alice->roomEvent(room, *event)), u"hi"_s);
    }

    void manyToDeviceMessagesAtOnceAreReadInOrder()
    {
        QList<QByteArray> events;
        for (int i = 0; i < 120; ++i) {
            QVERIFY(alice->machine->discardSession(room));
            events.append(alice->say(room, alice->with({bob.get()}), QString::number(i)));
        }
        bob->sync();

        for (int i = 0; i < 120; ++i)
            QCOMPARE(bob->read(room, events[i]), QString::number(i));
    }

    void dice_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void dice();
};

namespace {

/// A conversation in which anything may happen between any two steps. What has to hold: a message that was
/// encrypted after the reader's device was known is read by it in the end; no index is used twice; no key is
/// uploaded twice.
class DiceGame
{
public:
    DiceGame(FakeKeyServer &server, FakeClock &clock, std::vector<Peer *> peers, const RoomId &room,
             quint32 seed)
        : m_server(server), m_clock(clock), m_peers(std::move(peers)), m_room(room), m_dice(seed)
    {
    }

    void play(int rounds)
    {
        for (int i = 0; i < rounds; ++i) {
            turn(*m_peers[m_dice.bounded(quint32(m_peers.size()))], i);
            if (QTest::currentTestFailed())
                return;
        }
        settle();
        checkEverythingIsRead();
    }

private:
    struct Said {
        QByteArray event;
        QString body;
    };

    bool chance(int percent) { return int(m_dice.bounded(100U)) < percent; }

    void turn(Peer &who, int number)
    {
        if (chance(25))
            who.start(); // killed
        if (chance(10))
            m_clock.advance(m_dice.bounded(120'000));
        if (chance(10)) {
            who.store.failFrom =
                who.store.saves + 1 + qsizetype(m_dice.bounded(4U)); // the disk is full for a while
        }
        switch (m_dice.bounded(4U)) {
        case 0:
            speak(who, number);
            break;
        case 1:
            synchronise(who);
            break;
        default:
            sendSome(who);
        }
        who.store.failFrom = 0;
    }

    void sendSome(Peer &who)
    {
        const auto requests = who.machine->outgoing();
        if (!requests)
            return;
        for (const OutgoingRequest &request : *requests) {
            if (chance(20))
                continue;                   // the request is lost
            who.send(request, !chance(20)); // or the answer
        }
    }

    void synchronise(Peer &who)
    {
        const SyncCrypto sync = m_server.sync(who.address);
        if (who.machine->receiveSync(sync) && !chance(20)) // a lost position: the same again
            m_server.acknowledge(who.address, sync);
    }

    void speak(Peer &who, int number)
    {
        RoomMembers members;
        for (const Peer *peer : m_peers)
            members.joined.append(peer->user());
        for (int attempt = 0; attempt < 12; ++attempt) {
            const auto readiness = who.machine->prepareSend(m_room, members);
            if (readiness && readiness->ready)
                break;
            sendSome(who);
        }
        const QString body = QStringLiteral("%1 says %2").arg(who.address.second).arg(number);
        const TransactionId row(body);
        who.store.tables.queue[row] = {};
        const auto event = who.machine->encrypt(m_room, QStringLiteral("m.room.message"),
                                                FakeKeyServer::text({{QLatin1String("body"), body}}), row);
        if (!event)
            return;
        if (chance(30))
            who.start(); // killed after the ciphertext was stored: the queue sends what it holds
        QCOMPARE(who.store.tables.queue[row], *event);
        m_said.push_back({who.roomEvent(m_room, who.store.tables.queue[row]), body});
        const auto use = std::pair(sessionOf(m_said.back().event), indexOf(m_said.back().event));
        QVERIFY2(!m_used.contains(use), "an index was used twice");
        m_used.insert(use);
    }

    void settle()
    {
        for (int round = 0; round < 6; ++round) {
            m_clock.advance(15 * 60'000); // past every back-off
            for (Peer *peer : m_peers) {
                peer->start();
                peer->sync();
            }
        }
    }

    void checkEverythingIsRead()
    {
        int read = 0;
        for (const Said &said : m_said) {
            for (Peer *peer : m_peers) {
                const QString body = peer->read(m_room, said.event);
                QVERIFY2(body == said.body,
                         qPrintable(peer->address.second + u": "_s + said.body + u" -> "_s + body));
                ++read;
            }
        }
        QVERIFY(read > 20);
        QSet<QString> claimed(m_server.claimed.cbegin(), m_server.claimed.cend());
        QCOMPARE(claimed.size(), m_server.claimed.size());
        for (Peer *peer : m_peers)
            QVERIFY(!peer->noted(CryptoNote::Kind::OneTimeKeyConflict));
    }

    FakeKeyServer &m_server;
    FakeClock &m_clock;
    std::vector<Peer *> m_peers;
    RoomId m_room;
    QRandomGenerator m_dice;
    std::vector<Said> m_said;
    QSet<std::pair<QString, quint32>> m_used;
};

} // namespace

void CryptoRestartTest::dice()
{
    QFETCH(quint32, seed);
    const auto charlie = peer(u"@charlie:two"_s, u"C"_s);
    std::vector<Peer *> peers{alice.get(), bob.get(), charlie.get()};
    for (Peer *peer : peers) { // everyone knows everyone before the dice fall
        QVERIFY(peer->machine->onMembers(room, {alice->user(), bob->user(), charlie->user()}));
        peer->flush();
    }

    DiceGame(*server, clock, peers, room, seed).play(250);
}

QTEST_GUILESS_MAIN(CryptoRestartTest)
#include "tst_crypto_restart.moc"
