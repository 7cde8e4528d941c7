// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2

#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hour = 3'600'000;

} // namespace

/// Olm sessions that broke, and what a flood of broken messages costs.
class UnwedgingTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Attacker> mallory;

    [[nodiscard]] QByteArray broken() const
    {
        return FakeKeyServer::event(
            mallory->user, u"m.room.encrypted"_s,
            mallory->envelope(*alice,
                              {OlmMessage::Type::Normal,
                               "AwogyNlEGLVTnEzX8iJWCbQGAYS2tSzkWKEgQ4ZlBHXSUVQQABgC"
                                   + QByteArray::number(++number).rightJustified(22, 'A')}));
    }
    [[nodiscard]] bool claimsAKey() const
    {
        const auto requests = *alice->machine->outgoing();
        return std::any_of(requests.cbegin(), requests.cend(),
                           [](const auto &r) { return std::holds_alternative<KeysClaim>(r.what); });
    }
    mutable int number = 100;

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        alice->flush();
        mallory = std::make_unique<Attacker>(*server, u"@mallory:two"_s, u"M"_s);
        mallory->publish();
        mallory->publishOneTimeKeys(20);
        QVERIFY(alice->machine->trackUsers({UserId(u"@mallory:two"_s)}));
        alice->flush();
    }

    void anUnreadableMessageLeadsToANewSessionAndADummy()
    {
        alice->receive(toDevice({broken()}));
        QVERIFY(alice->noted(CryptoNote::Kind::ToDeviceUndecryptable));
        QVERIFY(claimsAKey());

        alice->flush();

        const auto &inbox = server->devices[{u"@mallory:two"_s, u"M"_s}].inbox;
        QCOMPARE(inbox.size(), 1);
        const QJsonObject mine = FakeKeyServer::parse(inbox.first())["content"_L1]
                                     .toObject()["ciphertext"_L1]
                                     .toObject()[mallory->account.curveKey().toString()]
                                     .toObject();
        const OlmMessage message{OlmMessage::Type(mine["type"_L1].toInt()),
                                 mine["body"_L1].toString().toLatin1()};
        auto session = OlmSession::inbound(mallory->account, alice->machine->ownKeys().curve, message);
        QVERIFY(session);
        const QJsonObject plaintext = FakeKeyServer::parse(*session->decrypt(message));
        QCOMPARE(plaintext["type"_L1].toString(), u"m.dummy"_s);
    }

    void itHappensAtMostOnceAnHourAlsoAfterARestart()
    {
        alice->receive(toDevice({broken()}));
        alice->flush();
        QCOMPARE(server->sentToDevice, 1);

        for (int minutes = 0; minutes < 55; minutes += 5) {
            alice->start();
            alice->receive(toDevice({broken(), broken()}));
            alice->flush();
            clock.advance(5 * 60'000);
        }
        QCOMPARE(server->sentToDevice, 1);
        clock.advance(hour);
        alice->receive(toDevice({broken()}));
        alice->flush();

        QCOMPARE(server->sentToDevice, 2);
    }

    void itIsNotForgottenByARestart()
    {
        alice->receive(toDevice({broken()}));

        alice->start();

        QVERIFY(claimsAKey());
    }

    void aSessionOfThisHourIsGivenAChance()
    {
        alice->receive(toDevice({mallory->message(*alice, u"org.example.x"_s, {})}));
        alice->receive(toDevice({broken()}));
        QVERIFY(!claimsAKey());

        clock.advance(hour + 1);
        alice->receive(toDevice({broken()}));

        QVERIFY(claimsAKey());
    }

    void aDeviceWithAChangedCurveKeyIsNotWrittenTo()
    {
        const Attacker other(*server, u"@x:two"_s, u"X"_s);
        mallory->publish([&](QJsonObject &o) {
            QJsonObject keys = o["keys"_L1].toObject();
            keys["curve25519:M"_L1] = other.account.curveKey().toString();
            o["keys"_L1] = keys;
        });
        alice->sync();

        alice->receive(toDevice({broken()})); // still under the old key

        QVERIFY(!claimsAKey());
    }

    void aClaimedKeyWithAWrongSignatureIsRefused_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("signed by another device of the user") << 0;
        QTest::newRow("fallback flag added") << 1;
        QTest::newRow("key exchanged") << 2;
        QTest::newRow("unsigned kind of key") << 3;
        QTest::newRow("two keys") << 4;
        QTest::newRow("low order") << 5;
    }
    void aClaimedKeyWithAWrongSignatureIsRefused()
    {
        QFETCH(int, kind);
        auto &keys = server->devices[{u"@mallory:two"_s, u"M"_s}].oneTimeKeys;
        auto &fallback = server->devices[{u"@mallory:two"_s, u"M"_s}].fallback;
        const QString id = keys.begin()->first;
        QJsonObject key = keys.begin()->second;
        keys.clear(); // so that the fake hands out what we put there
        if (kind == 0) {
            const Attacker second(*server, u"@mallory:two"_s, u"M2"_s);
            key = second.sign({{"key"_L1, key["key"_L1]}});
        } else if (kind == 1) {
            key["fallback"_L1] = true;
        } else if (kind == 2) {
            key["key"_L1] = alice->machine->ownKeys().curve.toString();
        } else if (kind == 5) {
            key = mallory->sign({{"key"_L1, "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_L1}});
        }
        fallback = {{kind == 3 ? u"curve25519:AAAA"_s : id, key}};
        if (kind == 4)
            fallback[u"signed_curve25519:second"_s] = key;

        alice->receive(toDevice({broken()}));
        alice->flush();

        QVERIFY(alice->noted(CryptoNote::Kind::ClaimedKeyRejected));
        QVERIFY(alice->store.tables.olmSessions.empty());
        QCOMPARE(server->sentToDevice, 0);
        QVERIFY(!claimsAKey()); // the device has to wait
        clock.advance(16'000);
        QVERIFY(claimsAKey());
    }

    void aFloodOfBadMessagesIsBounded()
    {
        QList<QByteArray> flood;
        for (int i = 0; i < 20'000; ++i)
            flood.append(broken());
        flood.append(mallory->message(*alice, u"org.example.x"_s, {}));

        alice->receive(toDevice(flood));

        QVERIFY(alice->noted(CryptoNote::Kind::TooManyBadMessages));
        QVERIFY(alice->notes.size() <= 200);
        alice->flush();
        QCOMPARE(server->sentToDevice, 1);
        // And the next sync is an ordinary one.
        alice->receive(toDevice({mallory->message(*alice, u"org.example.y"_s, {})}));
        QCOMPARE(alice->received.size(), 1);
    }
};

QTEST_GUILESS_MAIN(UnwedgingTest)
#include "tst_unwedging.moc"
