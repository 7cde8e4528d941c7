// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Verifications between people with somebody on the way, who changes keys and messages.
#include "verification_people_world.h"

using namespace parvis;
using namespace parvis::crypto;

class VerificationAlteredTest : public TwoPeople
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

    // --- Keys that change on the way

    void anIdentityThatChangesOnTheWayIsNotTrusted()
    {
        ready(*alice, *bob);
        emoji(*alice);
        const IdentityMaker other(bobId, 'x');
        other.publish(*server);
        alice->syncAll();
        QCOMPARE(alice->view(bobId).master.toString(), other.master.key);

        QVERIFY(bob->take(bob->all().confirm(bob->flow)));
        QVERIFY(alice->take(alice->all().confirm(alice->flow)));
        room->deliver();

        QCOMPARE(alice->code(), u"m.key_mismatch"_s);
        QVERIFY(!alice->view(bobId).verified);
    }

    void anOwnIdentityThatChangesOnTheWayIsNotTrusted()
    {
        ready(*alice, *bob);
        emoji(*alice);
        IdentityMaker(aliceId, 'x').publish(*server);
        alice->syncAll();

        QVERIFY(bob->take(bob->all().confirm(bob->flow)));
        QVERIFY(alice->take(alice->all().confirm(alice->flow)));
        room->deliver();

        QCOMPARE(alice->code(), u"m.key_mismatch"_s);
        QVERIFY(!alice->view(bobId).verified);
    }

    void aDeviceThatIsGoneIsNotTrusted()
    {
        ready(*alice, *bob);
        emoji(*alice);
        server->logout({bobId, u"B"_s});
        alice->syncAll();

        QVERIFY(bob->take(bob->all().confirm(bob->flow)));
        QVERIFY(alice->take(alice->all().confirm(alice->flow)));
        room->deliver();

        QCOMPARE(alice->code(), u"m.key_mismatch"_s);
        QVERIFY(!alice->view(bobId).verified);
    }

    // --- Somebody on the way

    void nothingCanBeAlteredOnTheWay_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("code"); // whoever finds it
        const QString key = u"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"_s;
        QTest::newRow("unknown member of start")
            << u"start"_s << u"x"_s << QJsonValue(1) << u"m.mismatched_commitment"_s;
        QTest::newRow("hashes of start")
            << u"start"_s << u"hashes"_s << QJsonValue(QJsonArray{u"sha256"_s, u"md5"_s})
            << u"m.mismatched_commitment"_s;
        QTest::newRow("start without decimal") << u"start"_s << u"short_authentication_string"_s
                                               << QJsonValue(QJsonArray{u"emoji"_s}) << u"m.unknown_method"_s;
        QTest::newRow("start with old macs")
            << u"start"_s << u"message_authentication_codes"_s
            << QJsonValue(QJsonArray{u"hkdf-hmac-sha256"_s}) << u"m.unknown_method"_s;
        QTest::newRow("start with another agreement")
            << u"start"_s << u"key_agreement_protocols"_s << QJsonValue(QJsonArray{u"curve25519"_s})
            << u"m.unknown_method"_s;
        QTest::newRow("start without hashes")
            << u"start"_s << u"hashes"_s << QJsonValue(u"sha256"_s) << u"m.invalid_message"_s;
        QTest::newRow("start that cannot be hashed")
            << u"start"_s << u"x"_s << QJsonValue(1.5) << u"m.invalid_message"_s;
        QTest::newRow("accept with another mac")
            << u"accept"_s << u"message_authentication_code"_s << QJsonValue(u"hkdf-hmac-sha256"_s)
            << u"m.unknown_method"_s;
        QTest::newRow("accept with another hash")
            << u"accept"_s << u"hash"_s << QJsonValue(u"md5"_s) << u"m.unknown_method"_s;
        QTest::newRow("accept with another agreement")
            << u"accept"_s << u"key_agreement_protocol"_s << QJsonValue(u"x"_s) << u"m.unknown_method"_s;
        QTest::newRow("accept without strings") << u"accept"_s << u"short_authentication_string"_s
                                                << QJsonValue(QJsonArray()) << u"m.unknown_method"_s;
        QTest::newRow("accept with a short commitment")
            << u"accept"_s << u"commitment"_s << QJsonValue(u"AAAA"_s) << u"m.invalid_message"_s;
        QTest::newRow("another commitment")
            << u"accept"_s << u"commitment"_s << QJsonValue(key) << u"m.mismatched_commitment"_s;
        QTest::newRow("another key") << u"key"_s << u"key"_s << QJsonValue(key)
                                     << u"m.mismatched_commitment"_s;
        QTest::newRow("no key") << u"key"_s << u"key"_s << QJsonValue(7) << u"m.invalid_message"_s;
        QTest::newRow("no base64") << u"key"_s << u"key"_s << QJsonValue(u"%"_s) << u"m.invalid_message"_s;
        QTest::newRow("another list mac") << u"mac"_s << u"keys"_s << QJsonValue(key) << u"m.key_mismatch"_s;
        QTest::newRow("no list mac") << u"mac"_s << u"keys"_s << QJsonValue(QJsonValue::Undefined)
                                     << u"m.invalid_message"_s;
        QTest::newRow("empty macs") << u"mac"_s << u"mac"_s << QJsonValue(QJsonObject())
                                    << u"m.key_mismatch"_s;
        QTest::newRow("macs of another type")
            << u"mac"_s << u"mac"_s << QJsonValue(QJsonArray()) << u"m.invalid_message"_s;
        QTest::newRow("mac of another type")
            << u"mac"_s << u"mac"_s << QJsonValue(QJsonObject{{u"ed25519:B"_s, 4}}) << u"m.invalid_message"_s;
    }
    void nothingCanBeAlteredOnTheWay()
    {
        QFETCH(QString, type);
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        QFETCH(QString, code);
        ready(*alice, *bob);
        // Alice starts, so Bob's accept, key and mac and Alice's start are the ones that are bent.
        room->bend = [&](RoomVerificationEvent &said) {
            const bool bobs = said.sender == bob->user();
            if (said.type != u"m.key.verification."_s + type || bobs == (type == u"start"_s))
                return;
            auto content = FakeKeyServer::parse(said.content);
            content[member] = value;
            said.content = FakeKeyServer::text(content);
        };
        QVERIFY(alice->take(alice->all().startSas(alice->flow)));
        room->deliver();
        if (alice->state() == State::Comparing && bob->state() == State::Comparing) {
            QVERIFY(alice->take(alice->all().confirm(alice->flow)));
            QVERIFY(bob->take(bob->all().confirm(bob->flow)));
            room->deliver();
        }

        QCOMPARE(alice->code(), code);
        QVERIFY(!alice->view(bobId).verified);
        // What Alice vouched for came through, where it was Bob's answer alone that was bent; and that is
        // said.
        QCOMPARE(bob->view(aliceId).verified, type == u"mac"_s);
        QCOMPARE(bob->state(), type == u"mac"_s ? State::Done : State::Cancelled);
        QCOMPARE(bob->code(), type == u"mac"_s ? QString() : code);
    }

    /// A man in the middle who answers both sides himself: the emoji are all that tells, and they do.
    void twoKeysOfOneInTheMiddleShowDifferentEmoji()
    {
        ready(*alice, *bob);
        emoji(*alice);
        const QByteArray first = alice->info().sas;
        begin();
        ready(*alice, *bob);
        emoji(*alice);
        QVERIFY(alice->info().sas != first); // new keys each time
    }

    void aKeyThatIsOursIsRefused()
    {
        // Bob's start is accepted by the attacker in Alice's place, who mirrors keys: Bob must not see emoji.
        ready(*alice, *bob);
        QString mirrored;
        room->bend = [&](RoomVerificationEvent &said) {
            if (said.type != u"m.key.verification.key"_s)
                return;
            auto content = FakeKeyServer::parse(said.content);
            if (said.sender == bob->user())
                content[u"key"_s] = mirrored;
            else
                mirrored = content[u"key"_s].toString();
            said.content = FakeKeyServer::text(content);
        };
        // Alice starts and gets her own key back; its commitment would be wrong, so that is checked first.
        QVERIFY(alice->take(alice->all().startSas(alice->flow)));
        room->deliver();
        QCOMPARE(alice->code(), u"m.mismatched_commitment"_s);
    }

    void anIdThatIsOursOnOneSideOnlyCountsForNothing()
    {
        ready(*alice, *bob);
        emoji(*alice);
        room->bend = [&](RoomVerificationEvent &said) {
            if (said.type != u"m.key.verification.mac"_s || said.sender != bob->user())
                return;
            auto content = FakeKeyServer::parse(said.content);
            auto macs = content[u"mac"_s].toObject();
            // Without the identity the list no longer fits.
            macs.remove(IdentityMaker::id(bob->machine->ownIdentity()->master.toString()));
            content[u"mac"_s] = macs;
            said.content = FakeKeyServer::text(content);
        };
        confirmBoth();
        QCOMPARE(alice->code(), u"m.key_mismatch"_s);
        QVERIFY(!alice->view(bobId).verified);
    }
};

QTEST_GUILESS_MAIN(VerificationAlteredTest)
#include "tst_verification_altered.moc"
