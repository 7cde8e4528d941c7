// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// A device that publishes somebody else's Curve25519 key as its own: nothing forbids it, its signature is
/// good, and whoever of the two is seen first is not thereby the owner.
class BorrowedKeysTest : public QObject
{
    Q_OBJECT

private:
    const RoomId room{u"!r:one"_s};
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Peer> bob;
    std::unique_ptr<Attacker> mallory;

    [[nodiscard]] RoomMembers members() const
    {
        return {.joined = {alice->user(), bob->user(), UserId(mallory->user)}, .invited = {}};
    }
    void borrow(const OwnKeys &keys)
    {
        mallory->publish([&](QJsonObject &o) {
            QJsonObject own = o["keys"_L1].toObject();
            own["curve25519:M"_L1] = keys.curve.toString();
            o["keys"_L1] = own;
        });
        mallory->publishOneTimeKeys(20);
    }
    /// Nobody can read it, and it pretends to come from the device with bob's key.
    [[nodiscard]] QByteArray broken() const
    {
        QJsonObject envelope = mallory->envelope(
            *alice,
            {OlmMessage::Type::Normal,
             "AwogyNlEGLVTnEzX8iJWCbQGAYS2tSzkWKEgQ4ZlBHXSUVQQABgCAAAAAAAAAAAAAAAAAAAAAAAAAA"});
        envelope["sender_key"_L1] = bob->machine->ownKeys().curve.toString();
        return FakeKeyServer::event(mallory->user, u"m.room.encrypted"_s, envelope);
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        bob = std::make_unique<Peer>(*server, clock, u"@bob:two"_s, u"B"_s);
        alice->flush();
        bob->flush();
        mallory = std::make_unique<Attacker>(*server, u"@mallory:two"_s, u"M"_s);
        alice->encryptRoom(room);
    }

    void bothInOneClaim_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("after the owner") << u"@mallory:two"_s;
        QTest::newRow("before the owner") << u"@ada:two"_s;
    }
    void bothInOneClaim()
    {
        QFETCH(QString, name);
        mallory = std::make_unique<Attacker>(*server, name, u"M"_s);
        borrow(bob->machine->ownKeys());

        const QByteArray event = alice->say(room, members(), u"hi"_s);
        bob->sync();

        QVERIFY(!event.isEmpty());
        QCOMPARE(bob->read(room, event), u"hi"_s);
    }

    void aBrokenMessageDoesNotPutASessionBeforeTheOwners()
    {
        QVERIFY(!alice->say(room, alice->with({bob.get()}), u"before"_s).isEmpty());
        bob->sync();
        borrow(bob->machine->ownKeys());
        QVERIFY(alice->machine->trackUsers({UserId(mallory->user)}));
        alice->sync();
        clock.advance(2 * 3'600'000);

        alice->receive(toDevice({broken()}));
        alice->flush();
        QVERIFY(alice->machine->discardSession(room));
        const QByteArray event = alice->say(room, alice->with({bob.get()}), u"after"_s);
        bob->sync();

        QCOMPARE(bob->read(room, event), u"after"_s);
    }

    void theOwnersChannelIsStillHealed()
    {
        QVERIFY(alice->machine->trackUsers({bob->user(), UserId(mallory->user)}));
        borrow(bob->machine->ownKeys());
        alice->sync();
        alice->receive(toDevice({broken()}));
        alice->flush();
        const int sent = server->sentToDevice;

        QJsonObject fromBob = FakeKeyServer::parse(broken());
        fromBob["sender"_L1] = bob->address.first;
        alice->receive(toDevice({FakeKeyServer::text(fromBob)}));
        alice->flush();

        QCOMPARE(server->sentToDevice, sent + 1);
        QCOMPARE(server->devices[bob->address].inbox.size(), 1);
    }

    void manyBorrowersPushNoSessionOut()
    {
        QVERIFY(!alice->say(room, alice->with({bob.get()}), u"before"_s).isEmpty());
        bob->sync();
        borrow(bob->machine->ownKeys());
        QVERIFY(alice->machine->trackUsers({UserId(mallory->user)}));
        alice->sync();

        for (int hours = 0; hours < 12; ++hours) {
            clock.advance(3'700'000);
            alice->receive(toDevice({broken()}));
            alice->flush();
        }
        QVERIFY(alice->machine->discardSession(room));
        const qint64 claims = std::count_if(server->claimed.cbegin(), server->claimed.cend(),
                                            [](const QString &key) { return key.startsWith("@bob"_L1); });
        const QByteArray event = alice->say(room, alice->with({bob.get()}), u"after"_s);
        bob->sync();

        QCOMPARE(bob->read(room, event), u"after"_s);
        QCOMPARE(std::count_if(server->claimed.cbegin(), server->claimed.cend(),
                               [](const QString &key) { return key.startsWith("@bob"_L1); }),
                 claims);
    }

    void ourOwnKeyInAnothersNameIsRefused()
    {
        borrow(alice->machine->ownKeys());
        QVERIFY(alice->machine->trackUsers({UserId(mallory->user)}));
        alice->flush();

        QVERIFY(alice->machine->devicesOf(UserId(mallory->user))->isEmpty());
        QVERIFY(alice->noted(CryptoNote::Kind::DeviceRejected));
    }
};

QTEST_GUILESS_MAIN(BorrowedKeysTest)
#include "tst_borrowed_keys.moc"
