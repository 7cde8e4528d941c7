// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Verifying people, in a room that both are in.
#include "verification_people_world.h"

using namespace parvis;
using namespace parvis::crypto;

class VerificationPersonTest : public TwoPeople
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

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

    void anAnswerOfADeviceThatNobodyKnowsIsNone()
    {
        both();
        QVERIFY(alice->take(alice->all().requestPerson(bob->user(), room->id)));
        room->deliver();
        QCOMPARE(alice->state(), State::Requested);
        QVERIFY(alice->take(alice->all().receive(event(
            bobId, u"m.key.verification.ready"_s,
            {{u"from_device"_s, u"GHOST"_s}, {u"methods"_s, QJsonArray{u"m.sas.v1"_s}}}, alice->flow))));
        QCOMPARE(alice->state(), State::Requested);
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
};

QTEST_GUILESS_MAIN(VerificationPersonTest)
#include "tst_verification_person.moc"
