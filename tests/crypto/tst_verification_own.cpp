// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Verifying devices of one's own, by to-device messages.
#include "verification_own_world.h"

using namespace parvis;
using namespace parvis::crypto;

class VerificationOwnTest : public OwnDevices
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

    // --- As it should go

    void anOldDeviceVerifiesANewOne()
    {
        ready(*laptop, *phone);
        emoji(*laptop);
        QCOMPARE(laptop->info().sas, phone->info().sas);
        QVERIFY(laptop->info().emoji && phone->info().emoji);

        QVERIFY(laptop->take(laptop->all().confirm(laptop->flow)));
        both();
        QCOMPARE(laptop->state(), State::Waiting);
        QCOMPARE(phone->state(), State::Comparing);
        untrusted();
        QVERIFY(phone->take(phone->all().confirm(phone->flow)));

        trusted();
        QCOMPARE(phone->ownVerified, 1);
        QCOMPARE(laptop->ownVerified, 0);
    }

    void aNewDeviceAsksAllOthers()
    {
        Verifier tablet(*server, clock, alice, u"TABLET"_s);
        tablet.flush();
        both();
        tablet.syncAll();
        QVERIFY(phone->take(phone->all().requestOwn({})));
        both();
        tablet.syncAll();
        laptop->flow = tablet.flow = phone->flow;
        QCOMPARE(tablet.state(), State::Requested);

        QVERIFY(laptop->take(laptop->all().accept(laptop->flow)));
        both();
        tablet.syncAll();

        QCOMPARE(phone->state(), State::Ready);
        QCOMPARE(phone->info().device, DeviceId(u"LAPTOP"_s));
        QCOMPARE(tablet.state(), State::Passive); // somebody else answered
        emoji(*laptop);
        QVERIFY(phone->take(phone->all().confirm(phone->flow)));
        QVERIFY(laptop->take(laptop->all().confirm(laptop->flow)));
        trusted();
    }

    void withoutAnIdentityADeviceIsVerifiedHere()
    {
        server = std::make_unique<FakeKeyServer>();
        laptop = std::make_unique<Verifier>(*server, clock, alice, u"LAPTOP"_s);
        laptop->flush();
        phone = std::make_unique<Verifier>(*server, clock, alice, u"PHONE"_s);
        phone->flush();
        both();

        ready(*phone, *laptop);
        QVERIFY(phone->info().canSas);
        QVERIFY(!phone->info().canShow && !phone->info().canScan);
        emoji(*phone);
        QVERIFY(phone->take(phone->all().confirm(phone->flow)));
        QVERIFY(laptop->take(laptop->all().confirm(laptop->flow)));
        both();

        QCOMPARE(laptop->state(), State::Done);
        QCOMPARE(laptop->trust(alice, u"PHONE"_s), DeviceTrust::Verified);
    }

    void aDeviceThatIsNotKnownYetIsAskedAboutFirst()
    {
        Verifier tablet(*server, clock, alice, u"TABLET"_s);
        tablet.flush();
        tablet.syncAll(); // the laptop has not heard of it
        QVERIFY(tablet.take(tablet.all().requestOwn(laptop->device())));
        tablet.flush();
        server->devices[laptop->address].changedUsers.clear();
        const auto events = std::exchange(server->devices[laptop->address].inbox, {});
        QVERIFY(!laptop->machine->devicesOf(UserId(alice))->isEmpty());

        laptop->receive(toDevice(events));
        QVERIFY(!laptop->received.isEmpty());
        QVERIFY(laptop->take(laptop->all().receive(laptop->received.constLast())));
        QVERIFY(laptop->all().all().isEmpty());
        QVERIFY(laptop->all().isActive());
        laptop->flush(); // asks the server
        QVERIFY(laptop->take(laptop->all().devicesChanged()));

        laptop->flow = tablet.flow;
        QCOMPARE(laptop->state(), State::Requested);
        QCOMPARE(laptop->info().device, DeviceId(u"TABLET"_s));
    }

    void bothStartAtOnce_data()
    {
        QTest::addColumn<bool>("laptopFirst");
        QTest::newRow("the smaller id hears the other late") << true;
        QTest::newRow("the greater id hears the other late") << false;
    }
    void bothStartAtOnce()
    {
        QFETCH(bool, laptopFirst);
        ready(*laptop, *phone);
        QVERIFY(laptop->take(laptop->all().startSas(laptop->flow)));
        QVERIFY(phone->take(phone->all().startSas(phone->flow)));
        laptop->flush();
        phone->flush();

        (laptopFirst ? laptop : phone)->syncAll();
        both();

        QCOMPARE(laptop->state(), State::Comparing);
        QCOMPARE(phone->state(), State::Comparing);
        QCOMPARE(laptop->info().sas, phone->info().sas);
        QVERIFY(laptop->take(laptop->all().confirm(laptop->flow)));
        QVERIFY(phone->take(phone->all().confirm(phone->flow)));
        trusted();
    }

    void nobodyVouchesForAnIdentityThatHeDoesNotKnow()
    {
        Verifier tablet(*server, clock, alice, u"TABLET"_s);
        tablet.flush();
        const auto deliver = [&] {
            for (int round = 0; round < 4; ++round) {
                tablet.syncAll();
                phone->syncAll();
            }
        };
        deliver();
        QVERIFY(phone->take(phone->all().requestOwn(tablet.device())));
        deliver();
        tablet.flow = phone->flow;
        QVERIFY(tablet.take(tablet.all().accept(tablet.flow)));
        deliver();
        QVERIFY(tablet.take(tablet.all().startSas(tablet.flow)));
        deliver();
        QVERIFY(tablet.take(tablet.all().confirm(tablet.flow)));
        QVERIFY(phone->take(phone->all().confirm(phone->flow)));
        deliver();

        QCOMPARE(phone->state(), State::Done);
        QCOMPARE(phone->trust(alice, u"TABLET"_s), DeviceTrust::Verified); // on this device, by this person
        QVERIFY(!phone->machine->ownIdentity()->verified);
        QVERIFY(!tablet.machine->ownIdentity()->verified);
    }

    void emojiAreShownOnlyWhereBothCan()
    {
        ready(*laptop, *phone);
        QVERIFY(phone->take(phone->all().startSas(phone->flow)));
        phone->flush();
        laptop->syncAll([](ReceivedToDevice &event) {
            auto content = FakeKeyServer::parse(event.content);
            content[u"short_authentication_string"_s] = QJsonArray{u"decimal"_s};
            event.content = FakeKeyServer::text(content);
        });
        both();

        // The start was altered on its way: the commitment is over another one.
        QCOMPARE(phone->code(), u"m.mismatched_commitment"_s);
    }

    // --- Keys that change on the way

    void anIdentityThatChangesOnTheWayIsNotTrusted()
    {
        ready(*laptop, *phone);
        emoji(*laptop);
        IdentityMaker(alice, 'x').publish(*server);
        laptop->syncAll();

        QVERIFY(phone->take(phone->all().confirm(phone->flow)));
        phone->flush();
        laptop->syncAll();
        QVERIFY(laptop->take(laptop->all().confirm(laptop->flow)));

        QCOMPARE(laptop->code(), u"m.key_mismatch"_s);
        QVERIFY(laptop->trust(alice, u"PHONE"_s) != DeviceTrust::Verified);
    }

    void aDeviceThatIsReplacedOnTheWayIsNotTrusted()
    {
        ready(*laptop, *phone);
        emoji(*laptop);
        QVERIFY(phone->take(phone->all().confirm(phone->flow)));
        phone->flush();
        const auto theirMac = std::exchange(server->devices[laptop->address].inbox, {});
        server->logout(phone->address);
        laptop->syncAll();
        Attacker impostor(*server, alice, u"PHONE"_s);
        impostor.publish();
        laptop->syncAll();
        QCOMPARE(laptop->trust(alice, u"PHONE"_s), DeviceTrust::Unsigned);

        server->devices[laptop->address].inbox = theirMac;
        laptop->syncAll();
        QVERIFY(laptop->take(laptop->all().confirm(laptop->flow)));

        QCOMPARE(laptop->code(), u"m.key_mismatch"_s);
        QCOMPARE(laptop->trust(alice, u"PHONE"_s), DeviceTrust::Unsigned);
    }

    // --- Cancelled

    void thePersonSaysNo()
    {
        QVERIFY(phone->take(phone->all().requestOwn(laptop->device())));
        both();
        laptop->flow = phone->flow;

        QVERIFY(laptop->take(laptop->all().cancel(laptop->flow)));
        both();

        QCOMPARE(laptop->code(), u"m.user"_s);
        QVERIFY(laptop->info().cancelledByUs);
        QCOMPARE(phone->code(), u"m.user"_s);
        QVERIFY(!phone->info().cancelledByUs);
        QVERIFY(!phone->info().reason.isEmpty());
        untrusted();
    }

    void oneNoEndsItForAll()
    {
        Verifier tablet(*server, clock, alice, u"TABLET"_s);
        tablet.flush();
        both();
        QVERIFY(phone->take(phone->all().requestOwn({})));
        both();
        tablet.syncAll();
        laptop->flow = tablet.flow = phone->flow;
        QVERIFY(tablet.take(tablet.all().cancel(tablet.flow)));
        tablet.flush();
        both();

        QCOMPARE(phone->state(), State::Cancelled);
        QCOMPARE(laptop->state(), State::Cancelled);
    }

    void theEmojiDiffer()
    {
        ready(*laptop, *phone);
        emoji(*phone);

        QVERIFY(laptop->take(laptop->all().mismatch(laptop->flow)));
        both();

        QCOMPARE(laptop->code(), u"m.mismatched_sas"_s);
        QCOMPARE(phone->code(), u"m.mismatched_sas"_s);
        QVERIFY(phone->info().sas.isEmpty());
        untrusted();
        QCOMPARE(refuse(*phone, phone->all().confirm(phone->flow)), u"PARVIS_VERIFICATION_NOT_NOW"_s);
    }

    void itCanBeCancelledAtEachStep_data()
    {
        QTest::addColumn<int>("step");
        for (const int step : {0, 1, 2, 3})
            QTest::addRow("step %d", step) << step;
    }
    void itCanBeCancelledAtEachStep()
    {
        QFETCH(int, step);
        QVERIFY(phone->take(phone->all().requestOwn(laptop->device())));
        both();
        laptop->flow = phone->flow;
        if (step > 0) {
            QVERIFY(laptop->take(laptop->all().accept(laptop->flow)));
            both();
        }
        if (step > 1)
            emoji(*phone);
        if (step > 2) {
            QVERIFY(phone->take(phone->all().confirm(phone->flow)));
            both();
        }

        QVERIFY(phone->take(phone->all().cancel(phone->flow)));
        both();

        QCOMPARE(phone->state(), State::Cancelled);
        QCOMPARE(laptop->state(), State::Cancelled);
        QCOMPARE(laptop->code(), u"m.user"_s);
        untrusted();
    }

    void timeRunsOut_data()
    {
        QTest::addColumn<bool>("accepted");
        QTest::newRow("nobody answered") << false;
        QTest::newRow("nobody went on") << true;
    }
    void timeRunsOut()
    {
        QFETCH(bool, accepted);
        QVERIFY(phone->take(phone->all().requestOwn(laptop->device())));
        both();
        laptop->flow = phone->flow;
        if (accepted) {
            QVERIFY(laptop->take(laptop->all().accept(laptop->flow)));
            both();
        }
        clock.ms += 10 * 60'000 - 1;
        QVERIFY(phone->take(phone->all().tick()));
        QVERIFY(laptop->take(laptop->all().tick()));
        QVERIFY(phone->all().isActive() && laptop->all().isActive());

        clock.ms += 1;
        QVERIFY(laptop->take(laptop->all().tick()));
        both();

        QCOMPARE(laptop->code(), u"m.timeout"_s);
        QVERIFY(!laptop->all().isActive());
        QCOMPARE(phone->state() == State::Cancelled, accepted); // an answer to nobody's prompt is none
        QVERIFY(phone->take(phone->all().tick()));
        QCOMPARE(phone->code(), u"m.timeout"_s);
        untrusted();
    }

    void aClockSetBackEndsItToo()
    {
        ready(*laptop, *phone);
        clock.ms -= 24 * 3'600'000LL;
        QVERIFY(laptop->take(laptop->all().tick()));
        QCOMPARE(laptop->code(), u"m.timeout"_s);
    }

    void nothingSurvivesARestart()
    {
        ready(*laptop, *phone);
        QVERIFY(phone->take(phone->all().startSas(phone->flow)));
        phone->flush();
        laptop->start();
        laptop->flow = phone->flow;
        both();
        QVERIFY(laptop->all().all().isEmpty());

        // The start is nothing to answer; the next thing that waits for us is.
        laptop->hears(UserId(alice), u"key"_s, with(phone->flow, {{u"key"_s, u"x"_s}}));
        laptop->flush();
        both();
        QCOMPARE(phone->code(), u"m.unknown_transaction"_s);

        const int before = server->sentToDevice;
        laptop->hears(UserId(alice), u"key"_s, with(phone->flow, {{u"key"_s, u"x"_s}}));
        laptop->hears(UserId(alice), u"cancel"_s, with(u"unheard of"_s, {{u"code"_s, u"m.user"_s}}));
        laptop->flush();
        QCOMPARE(server->sentToDevice, before); // once is enough, and a cancel is never answered
    }

    void aFailedSaveGivesNoTrust()
    {
        ready(*laptop, *phone);
        emoji(*phone);
        QVERIFY(phone->take(phone->all().confirm(phone->flow)));
        both();
        laptop->store.failFrom = 1;

        QCOMPARE(refuse(*laptop, laptop->all().confirm(laptop->flow)).isEmpty(), false);
        laptop->store.failFrom = 0;

        QCOMPARE(laptop->state(), State::Cancelled);
        untrusted();
    }
};

QTEST_GUILESS_MAIN(VerificationOwnTest)
#include "tst_verification_own.moc"
