// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// Devices that could not be reached get the key later, from where they should have had it; and what a store
/// that is an older copy of itself may still be used for.
class LateKeysTest : public QObject
{
    Q_OBJECT

private:
    const RoomId room{u"!r:one"_s};
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Peer> bob;
    std::unique_ptr<Peer> charlie;

    [[nodiscard]] std::unique_ptr<Peer> peer(const QString &user, const QString &device)
    {
        auto made = std::make_unique<Peer>(*server, clock, user, device);
        made->flush();
        made->encryptRoom(room);
        return made;
    }
    [[nodiscard]] QByteArray says(const QString &body)
    {
        const QByteArray event = alice->say(room, alice->with({bob.get(), charlie.get()}), body);
        bob->sync();
        charlie->sync();
        return event;
    }
    [[nodiscard]] static QString sessionOf(const QByteArray &event)
    {
        return FakeKeyServer::parse(event)["content"_L1].toObject()["session_id"_L1].toString();
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = peer(u"@alice:one"_s, u"A"_s);
        bob = peer(u"@bob:two"_s, u"B"_s);
        charlie = peer(u"@charlie:three"_s, u"C"_s);
    }

    void whoCouldNotBeReachedReadsWhatWasSentMeanwhile()
    {
        QVERIFY(alice->machine->trackUsers({bob->user(), charlie->user()}));
        alice->flush();
        const QByteArray before = says(u"before"_s);
        // Somebody new, whose server gives no one-time keys.
        auto dora = peer(u"@dora:four"_s, u"D"_s);
        QVERIFY(alice->machine->trackUsers({dora->user()}));
        alice->flush();
        server->silentServers.insert(u"four"_s);
        const RoomMembers members = alice->with({bob.get(), charlie.get(), dora.get()});
        const QByteArray first = alice->say(room, members, u"first"_s);
        const QByteArray second = alice->say(room, members, u"second"_s);
        dora->sync();
        QVERIFY(dora->read(room, first).startsWith(u'['));

        server->silentServers.clear();
        alice->start(); // what is owed is in the store
        clock.ms += 3'600'000;
        const QByteArray third = alice->say(room, members, u"third"_s);
        dora->sync();

        QCOMPARE(sessionOf(third), sessionOf(before));
        QCOMPARE(dora->read(room, first), u"first"_s);
        QCOMPARE(dora->read(room, second), u"second"_s);
        QCOMPARE(dora->read(room, third), u"third"_s);
        QVERIFY(dora->read(room, before).startsWith(u'[')); // which was not for them
    }

    void whoWasLeftOutAndIsBlockedMeanwhileGetsNothing()
    {
        QVERIFY(alice->machine->trackUsers({charlie->user()}));
        alice->flush();
        server->silentServers.insert(u"three"_s);
        const QByteArray first = says(u"first"_s);
        QVERIFY(alice->machine->setLocalTrust(charlie->user(), charlie->device(), LocalTrust::Blacklisted));
        server->silentServers.clear();
        clock.ms += 3'600'000;
        const QByteArray second = says(u"second"_s);
        QVERIFY(charlie->read(room, second).startsWith(u'['));
        QVERIFY(alice->machine->setLocalTrust(charlie->user(), charlie->device(), LocalTrust::Unset));
        const QByteArray third = says(u"third"_s);

        QCOMPARE(charlie->read(room, third), u"third"_s);
        QVERIFY(charlie->read(room, first).startsWith(u'['));
        QVERIFY(charlie->read(room, second).startsWith(u'['));
    }

    void whoWasLeftOutAndIsAwayForAMessageGetsNothingOfIt()
    {
        QVERIFY(alice->machine->trackUsers({charlie->user()}));
        alice->flush();
        server->silentServers.insert(u"three"_s);
        const QByteArray first = says(u"first"_s);
        // Their leave was in an answer of which the machine heard nothing.
        const QByteArray second = alice->say(room, alice->with({bob.get()}), u"second"_s);
        server->silentServers.clear();
        clock.ms += 3'600'000;
        const QByteArray third = says(u"third"_s);

        QVERIFY(sessionOf(second) != sessionOf(first));
        QCOMPARE(charlie->read(room, third), u"third"_s);
        QVERIFY(charlie->read(room, second).startsWith(u'['));
    }

    void theClockHasNoSayInWhatIsRetired()
    {
        const QByteArray first = says(u"first"_s);
        const qint64 then = std::exchange(clock.ms, 1'000'000'000'000);
        QVERIFY(alice->machine->onPutBack());
        clock.ms = then + 1000;
        const QByteArray second = says(u"second"_s);
        QVERIFY(sessionOf(second) != sessionOf(first));
        QCOMPARE(charlie->read(room, second), u"second"_s);
        QCOMPARE(sessionOf(says(u"third"_s)), sessionOf(second));
    }

    void anotherSessionForgetsTheRatchets()
    {
        (void)says(u"one"_s);
        QVERIFY(!alice->store.tables.ratchets.empty());
        const auto old = alice->store.tables.ratchets.begin()->second.session;
        QVERIFY(alice->machine->discardSession(room));
        (void)says(u"two"_s);
        for (const auto &[key, ratchet] : alice->store.tables.ratchets)
            QVERIFY(ratchet.session != old);
    }

    void afterAnOldCopyNothingIsSentTwiceUnderOneKey()
    {
        const QByteArray first = says(u"first"_s);
        const MemoryCryptoStore::Tables copy = alice->store.tables;
        clock.ms += 1000;
        const QByteArray second = says(u"second"_s);
        QCOMPARE(sessionOf(second), sessionOf(first));

        alice->store.tables = copy;
        alice->start();
        clock.ms += 1000;
        QVERIFY(alice->machine->onPutBack());
        QCOMPARE(alice->machine->putBackMs(), Result<qint64>(clock.ms));
        const QByteArray third = says(u"third"_s);

        QVERIFY(sessionOf(third) != sessionOf(first));
        for (Peer *reader : {bob.get(), charlie.get()}) {
            QCOMPARE(reader->read(room, first), u"first"_s);
            QCOMPARE(reader->read(room, second), u"second"_s);
            QCOMPARE(reader->read(room, third), u"third"_s);
        }
        // Those sessions are new, on both sides: none of before was encrypted with.
        for (const auto &[key, session] : alice->store.tables.olmSessions) {
            if (session.createdMs >= clock.ms)
                continue;
            const auto before = copy.olmSessions.find(key);
            QVERIFY(before != copy.olmSessions.end());
            QCOMPARE(session.pickle, before->second.pickle);
        }
        // And it lasts.
        alice->start();
        clock.ms += 1000;
        QCOMPARE(sessionOf(says(u"fourth"_s)), sessionOf(third));
    }

    void whatArrivesOnOldSessionsIsReadAllTheSame()
    {
        (void)says(u"hello"_s);
        const QByteArray answer = bob->say(room, bob->with({alice.get(), charlie.get()}), u"answer"_s);
        const MemoryCryptoStore::Tables copy = alice->store.tables;
        alice->store.tables = copy;
        alice->start();
        clock.ms += 1000;
        QVERIFY(alice->machine->onPutBack());
        alice->sync();
        QCOMPARE(alice->read(room, answer), u"answer"_s);
    }
};

QTEST_GUILESS_MAIN(LateKeysTest)
#include "tst_late_keys.moc"
