// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Verifying people, in a room that both are in.
#include "verification_world.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

using State = VerificationState;

class VerificationPersonTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Verifier> alice;
    std::unique_ptr<Verifier> bob;
    std::unique_ptr<VerificationRoom> room;
    const QString aliceId = u"@alice:one"_s;
    const QString bobId = u"@bob:two"_s;

    void both()
    {
        for (int round = 0; round < 3; ++round) {
            alice->syncAll();
            bob->syncAll();
        }
    }
    void know()
    {
        QVERIFY(alice->machine->trackUsers({bob->user()}));
        QVERIFY(bob->machine->trackUsers({alice->user()}));
        both();
    }
    void ready(Verifier &asker, Verifier &other)
    {
        QVERIFY(asker.take(asker.all().requestPerson(other.user(), room->id)));
        room->deliver();
        other.flow = asker.flow;
        QCOMPARE(other.state(), State::Requested);
        QVERIFY(other.take(other.all().accept(other.flow)));
        room->deliver();
        QCOMPARE(asker.state(), State::Ready);
    }
    void emoji(Verifier &starter)
    {
        QVERIFY(starter.take(starter.all().startSas(starter.flow)));
        room->deliver();
        QCOMPARE(alice->state(), State::Comparing);
        QCOMPARE(bob->state(), State::Comparing);
    }
    void confirmBoth()
    {
        QVERIFY(alice->take(alice->all().confirm(alice->flow)));
        QVERIFY(bob->take(bob->all().confirm(bob->flow)));
        room->deliver();
        both();
    }
    void trusted()
    {
        QCOMPARE(alice->state(), State::Done);
        QCOMPARE(bob->state(), State::Done);
        QVERIFY(alice->view(bobId).verified);
        QVERIFY(bob->view(aliceId).verified);
    }
    void untrusted()
    {
        both();
        QVERIFY(!alice->view(bobId).verified);
        QVERIFY(!bob->view(aliceId).verified);
    }
    /// An event of the room that nobody's machine made.
    [[nodiscard]] RoomVerificationEvent event(const QString &sender, const QString &type, QJsonObject content,
                                              const QString &flow = {})
    {
        if (!flow.isEmpty())
            content[u"m.relates_to"_s] =
                QJsonObject{{u"rel_type"_s, u"m.reference"_s}, {u"event_id"_s, flow}};
        return {.room = room->id,
                .event = EventId(u"$x%1"_s.arg(++room->number)),
                .sender = UserId(sender),
                .senderDevice = {},
                .originServerTs = clock.nowMs(),
                .type = type,
                .content = FakeKeyServer::text(content)};
    }
    [[nodiscard]] RoomVerificationEvent request(const QString &sender, const QString &device,
                                                const QString &to)
    {
        return event(sender, u"m.room.message"_s,
                     {{u"msgtype"_s, u"m.key.verification.request"_s},
                      {u"from_device"_s, device},
                      {u"methods"_s, QJsonArray{u"m.sas.v1"_s}},
                      {u"to"_s, to}});
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'700'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Verifier>(*server, clock, aliceId, u"A"_s);
        bob = std::make_unique<Verifier>(*server, clock, bobId, u"B"_s);
        room = std::make_unique<VerificationRoom>(
            VerificationRoom{.clock = clock, .members = {alice.get(), bob.get()}});
        alice->flush();
        bob->flush();
        alice->bootstrap();
        bob->bootstrap();
        know();
    }

    void peopleVerifyEachOther_data()
    {
        QTest::addColumn<bool>("aliceAsks");
        QTest::addColumn<bool>("aliceStarts");
        QTest::newRow("asked and started by one") << true << true;
        QTest::newRow("asked by one, started by the other") << true << false;
        QTest::newRow("the other way round") << false << true;
    }
    void peopleVerifyEachOther()
    {
        QFETCH(bool, aliceAsks);
        QFETCH(bool, aliceStarts);
        aliceAsks ? ready(*alice, *bob) : ready(*bob, *alice);
        emoji(aliceStarts ? *alice : *bob);
        QCOMPARE(alice->info().sas, bob->info().sas);

        confirmBoth();

        trusted();
        QCOMPARE(alice->trust(bobId, u"B"_s), DeviceTrust::Verified); // signed by its verified owner
        alice->start();
        QVERIFY(alice->view(bobId).verified);
    }

    void theEchoOfOurRequestNamesIt()
    {
        QVERIFY(alice->take(alice->all().requestPerson(bob->user(), room->id)));
        QVERIFY(alice->all().all().isEmpty()); // nothing to be shown before the server has it
        const auto request = room->event(*alice, alice->said.takeFirst());

        QVERIFY(alice->take(alice->all().receive(request)));

        QCOMPARE(alice->all().all().size(), 1);
        QCOMPARE(alice->all().all().constFirst().flow, request.event.toString());
        alice->all().roomRequestSent(alice->flow, EventId(u"$another"_s)); // later: it is known already
        QCOMPARE(alice->all().all().constFirst().flow, request.event.toString());
    }

    void anotherDeviceOfOursMayAnswer()
    {
        Verifier tablet(*server, clock, bobId, u"TABLET"_s);
        tablet.flush();
        both();
        tablet.syncAll();
        QVERIFY(tablet.machine->trackUsers({alice->user()}));
        tablet.syncAll();
        room->members.append(&tablet);
        QVERIFY(alice->take(alice->all().requestPerson(bob->user(), room->id)));
        room->deliver();
        bob->flow = tablet.flow = alice->flow;
        QCOMPARE(tablet.state(), State::Requested);

        QVERIFY(bob->take(bob->all().accept(bob->flow)));
        room->deliver();

        QCOMPARE(tablet.state(), State::Passive);
        emoji(*alice);
        confirmBoth();
        trusted();
    }

    void bothStartAtOnce()
    {
        ready(*alice, *bob);
        QVERIFY(alice->take(alice->all().startSas(alice->flow)));
        QVERIFY(bob->take(bob->all().startSas(bob->flow)));
        room->deliver();

        QCOMPARE(alice->info().sas, bob->info().sas);
        QVERIFY(!alice->info().sas.isEmpty());
        confirmBoth();
        trusted();
    }

    void eventsThatComeTwiceCountOnce()
    {
        ready(*alice, *bob);
        emoji(*alice);
        const auto history = room->history;
        for (const RoomVerificationEvent &one : history) {
            QVERIFY(alice->take(alice->all().receive(one)));
            QVERIFY(bob->take(bob->all().receive(one)));
        }
        confirmBoth();
        trusted();
    }

    void whatAnEarlierRunAcceptedIsNotAskedAgain()
    {
        ready(*bob, *alice);
        const auto history = room->history;
        alice->start();
        for (const RoomVerificationEvent &one : history)
            QVERIFY(alice->take(alice->all().receive(one)));
        QCOMPARE(alice->state(), State::Passive);
        QVERIFY(alice->said.isEmpty());
    }

    void whoHasNoIdentityCannotVerifyPeople()
    {
        Verifier carol(*server, clock, u"@carol:one"_s, u"C"_s);
        carol.flush();
        QVERIFY(carol.machine->trackUsers({bob->user()}));
        carol.flush();
        QVERIFY(!carol.take(carol.all().requestPerson(bob->user(), room->id)));
        QCOMPARE(carol.error, u"PARVIS_VERIFICATION_NO_IDENTITY"_s);

        QVERIFY(alice->machine->trackUsers({carol.user()}));
        alice->flush();
        QVERIFY(!alice->take(alice->all().requestPerson(carol.user(), room->id)));
        QCOMPARE(alice->error, u"PARVIS_VERIFICATION_OTHER_NO_IDENTITY"_s);
    }

    void aDeviceAloneSaysNothingOfAPerson()
    {
        // Bob answers with a device that does not know Bob's identity as his.
        Verifier tablet(*server, clock, bobId, u"TABLET"_s);
        tablet.flush();
        both();
        QVERIFY(tablet.machine->trackUsers({alice->user()}));
        tablet.syncAll();
        room->members = {alice.get(), &tablet};
        QVERIFY(alice->take(alice->all().requestPerson(bob->user(), room->id)));
        room->deliver();
        QVERIFY(!tablet.take(tablet.all().accept(alice->flow)));
        QCOMPARE(tablet.error, u"PARVIS_VERIFICATION_NO_IDENTITY"_s);
    }

    // --- What is not heard

    void requestsThatAreNotForUs_data()
    {
        QTest::addColumn<QString>("how");
        for (const auto &how : {u"for another"_s, u"our own user"_s, u"old"_s, u"future"_s,
                                u"unknown device"_s, u"other type"_s})
            QTest::newRow(qPrintable(how)) << how;
    }
    void requestsThatAreNotForUs()
    {
        QFETCH(QString, how);
        auto asked = request(bobId, u"B"_s, aliceId);
        if (how == u"for another"_s)
            asked = request(bobId, u"B"_s, u"@carol:one"_s);
        else if (how == u"our own user"_s)
            asked = request(aliceId, u"OTHER"_s, aliceId);
        else if (how == u"old"_s)
            asked.originServerTs -= 600'001;
        else if (how == u"future"_s)
            asked.originServerTs += 300'001;
        else if (how == u"unknown device"_s)
            asked = request(bobId, u"GHOST"_s, aliceId);
        else if (how == u"other type"_s)
            asked.type = u"m.key.verification.request"_s;

        QVERIFY(alice->take(alice->all().receive(asked)));
        alice->flush();
        QVERIFY(alice->take(alice->all().devicesChanged()));

        QVERIFY(alice->all().all().isEmpty());
        QVERIFY(alice->said.isEmpty());
    }

    void anHonestRequestIsHeard()
    {
        QVERIFY(alice->take(alice->all().receive(request(bobId, u"B"_s, aliceId))));
        QCOMPARE(alice->all().all().size(), 1);
    }

    void aStrangersRequestWaitsForTheStrangersKeys()
    {
        Verifier carol(*server, clock, u"@carol:one"_s, u"C"_s);
        carol.flush();
        QVERIFY(alice->take(alice->all().receive(request(u"@carol:one"_s, u"C"_s, aliceId))));
        QVERIFY(alice->all().all().isEmpty());
        alice->flush();
        QVERIFY(alice->take(alice->all().devicesChanged()));

        QCOMPARE(alice->all().all().size(), 1);
        QCOMPARE(alice->all().all().constFirst().user, carol.user());
    }

    void whoGaveUpMeanwhileIsNotAskedFor()
    {
        Verifier carol(*server, clock, u"@carol:one"_s, u"C"_s);
        carol.flush();
        const auto asked = request(u"@carol:one"_s, u"C"_s, aliceId);
        QVERIFY(alice->take(alice->all().receive(asked)));
        QVERIFY(alice->take(alice->all().receive(event(u"@carol:one"_s, u"m.key.verification.cancel"_s,
                                                       {{u"code"_s, u"m.user"_s}}, asked.event.toString()))));
        alice->flush();
        QVERIFY(alice->take(alice->all().devicesChanged()));
        QVERIFY(alice->all().all().isEmpty());
    }

    void aStormOfStrangersIsBounded()
    {
        for (int i = 0; i < 1000; ++i) {
            const QString user = u"@u%1:three"_s.arg(i);
            if (i < 20) {
                Attacker(*server, user, u"X"_s).publish();
                QVERIFY(alice->machine->trackUsers({UserId(user)}));
                alice->flush();
            }
            QVERIFY(alice->take(alice->all().receive(request(user, u"X"_s, aliceId))));
        }
        QCOMPARE(alice->all().all().size(), Verifications::mostActive);
        QVERIFY(alice->said.isEmpty());
        const QString flow = alice->all().all().constFirst().flow;
        QVERIFY(alice->take(alice->all().cancel(flow))); // each can still be dealt with
    }

    void thirdPersonsCannotTouchIt()
    {
        ready(*alice, *bob);
        for (const auto &type : {u"cancel"_s, u"done"_s, u"key"_s, u"start"_s, u"ready"_s, u"mac"_s}) {
            QVERIFY(alice->take(alice->all().receive(
                event(u"@eve:three"_s, u"m.key.verification."_s + type,
                      {{u"code"_s, u"m.user"_s}, {u"from_device"_s, u"B"_s}, {u"method"_s, u"m.sas.v1"_s}},
                      alice->flow))));
        }
        QCOMPARE(alice->state(), State::Ready);
        QVERIFY(alice->said.isEmpty());
    }

    void anotherRoomCannotTouchIt()
    {
        ready(*alice, *bob);
        auto said = event(bobId, u"m.key.verification.cancel"_s, {{u"code"_s, u"m.user"_s}}, alice->flow);
        said.room = RoomId(u"!other:one"_s);
        QVERIFY(alice->take(alice->all().receive(said)));
        QCOMPARE(alice->state(), State::Ready);

        said = event(bobId, u"m.key.verification.cancel"_s, {{u"code"_s, u"m.user"_s}});
        QVERIFY(alice->take(alice->all().receive(said))); // no relation at all
        QCOMPARE(alice->state(), State::Ready);
    }

    void aSecondDeviceOfTheOtherIsTooLate()
    {
        Verifier tablet(*server, clock, bobId, u"TABLET"_s);
        tablet.flush();
        both();
        ready(*alice, *bob);
        QVERIFY(alice->take(alice->all().receive(event(
            bobId, u"m.key.verification.ready"_s,
            {{u"from_device"_s, u"TABLET"_s}, {u"methods"_s, QJsonArray{u"m.sas.v1"_s}}}, alice->flow))));
        QCOMPARE(alice->state(), State::Ready);
        QCOMPARE(alice->info().device, DeviceId(u"B"_s));
    }

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
        QCOMPARE(bob->code(), code);
        QVERIFY(!alice->view(bobId).verified);
        // What Alice vouched for came through, where it was Bob's answer alone that was bent.
        QCOMPARE(bob->view(aliceId).verified, type == u"mac"_s);
    }

    /// A man in the middle who answers both sides himself: the emoji are all that tells, and they do.
    void twoKeysOfOneInTheMiddleShowDifferentEmoji()
    {
        ready(*alice, *bob);
        emoji(*alice);
        const QByteArray first = alice->info().sas;
        init();
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

QTEST_GUILESS_MAIN(VerificationPersonTest)
#include "tst_verification_person.moc"
