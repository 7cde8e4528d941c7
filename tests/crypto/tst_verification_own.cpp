// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Verifying devices of one's own, by to-device messages.
#include "verification_world.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

using State = VerificationState;

class VerificationOwnTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Verifier> laptop; ///< holds the identity
    std::unique_ptr<Verifier> phone;  ///< new
    const QString alice = u"@alice:one"_s;

    void both()
    {
        for (int round = 0; round < 4; ++round) {
            laptop->syncAll();
            phone->syncAll();
        }
    }
    /// Both sides are ready; @p asker asked.
    void ready(Verifier &asker, Verifier &other)
    {
        QVERIFY(asker.take(asker.all().requestOwn(other.device())));
        both();
        other.flow = asker.flow;
        QCOMPARE(other.state(), State::Requested);
        QVERIFY(other.take(other.all().accept(other.flow)));
        both();
        QCOMPARE(asker.state(), State::Ready);
        QCOMPARE(other.state(), State::Ready);
    }
    void emoji(Verifier &starter)
    {
        QVERIFY(starter.take(starter.all().startSas(starter.flow)));
        both();
        QCOMPARE(laptop->state(), State::Comparing);
        QCOMPARE(phone->state(), State::Comparing);
    }
    void trusted()
    {
        both();
        QCOMPARE(laptop->state(), State::Done);
        QCOMPARE(phone->state(), State::Done);
        QCOMPARE(laptop->trust(alice, u"PHONE"_s), DeviceTrust::Verified);
        QCOMPARE(phone->trust(alice, u"LAPTOP"_s), DeviceTrust::Verified);
        QVERIFY(phone->machine->ownIdentity()->verified);
        QVERIFY(phone->machine->ownIdentity()->thisDeviceSigned);
    }
    void untrusted()
    {
        both();
        QCOMPARE(laptop->trust(alice, u"PHONE"_s), DeviceTrust::Unsigned);
        QVERIFY(!phone->machine->ownIdentity()->verified);
        QVERIFY(!phone->machine->ownIdentity()->thisDeviceSigned);
    }
    [[nodiscard]] QJsonObject with(const QString &flow, QJsonObject more = {}) const
    {
        more[u"transaction_id"_s] = flow;
        return more;
    }
    [[nodiscard]] QJsonObject requestFrom(const QString &device, const QString &flow, qint64 offset = 0) const
    {
        return {{u"from_device"_s, device},
                {u"methods"_s, QJsonArray{u"m.sas.v1"_s}},
                {u"timestamp"_s, clock.nowMs() + offset},
                {u"transaction_id"_s, flow}};
    }
    [[nodiscard]] static QString refuse(Verifier &one, const Result<VerificationOutcome> &outcome)
    {
        one.take(outcome);
        return one.error;
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'700'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        laptop = std::make_unique<Verifier>(*server, clock, alice, u"LAPTOP"_s);
        laptop->flush();
        laptop->bootstrap();
        phone = std::make_unique<Verifier>(*server, clock, alice, u"PHONE"_s);
        phone->flush();
        both();
        QVERIFY(phone->machine->ownIdentity()->exists);
        untrusted();
    }

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

    // --- Requests that are none

    void aRequestMustBeNewAndComplete_data()
    {
        QTest::addColumn<QString>("sender");
        QTest::addColumn<QString>("device");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<bool>("heard");
        QTest::newRow("honest") << alice << u"PHONE"_s << qint64(0) << true;
        QTest::newRow("nearly too old") << alice << u"PHONE"_s << qint64(-599'000) << true;
        QTest::newRow("too old") << alice << u"PHONE"_s << qint64(-600'001) << false;
        QTest::newRow("from the near future") << alice << u"PHONE"_s << qint64(299'000) << true;
        QTest::newRow("from the future") << alice << u"PHONE"_s << qint64(300'001) << false;
        QTest::newRow("from this device") << alice << u"LAPTOP"_s << qint64(0) << false;
        QTest::newRow("from an unknown device") << alice << u"GHOST"_s << qint64(0) << false;
        QTest::newRow("from another user") << u"@bob:two"_s << u"PHONE"_s << qint64(0) << false;
    }
    void aRequestMustBeNewAndComplete()
    {
        QFETCH(QString, sender);
        QFETCH(QString, device);
        QFETCH(qint64, offset);
        QFETCH(bool, heard);

        Attacker stranger(*server, u"@bob:two"_s, u"PHONE"_s);
        stranger.publish();
        QVERIFY(laptop->machine->trackUsers({UserId(u"@bob:two"_s)}));
        laptop->flush();

        laptop->hears(UserId(sender), u"request"_s, requestFrom(device, u"t"_s, offset));
        laptop->flush();
        QVERIFY(laptop->take(laptop->all().devicesChanged()));

        QCOMPARE(laptop->all().all().size(), heard ? 1 : 0);
    }

    void aMalformedRequestIsIgnored_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        const QJsonArray many = [] {
            QJsonArray array;
            for (int i = 0; i < 51; ++i)
                array.append(u"m.sas.v1"_s);
            return array;
        }();
        QTest::newRow("no device") << u"from_device"_s << QJsonValue(QJsonValue::Undefined);
        QTest::newRow("device of another type") << u"from_device"_s << QJsonValue(7);
        QTest::newRow("no methods") << u"methods"_s << QJsonValue(QJsonValue::Undefined);
        QTest::newRow("methods of another type") << u"methods"_s << QJsonValue(u"m.sas.v1"_s);
        QTest::newRow("too many methods") << u"methods"_s << QJsonValue(many);
        QTest::newRow("methods of mixed types") << u"methods"_s << QJsonValue(QJsonArray{u"m.sas.v1"_s, 3});
        QTest::newRow("no id") << u"transaction_id"_s << QJsonValue(QJsonValue::Undefined);
        QTest::newRow("an id too long") << u"transaction_id"_s << QJsonValue(QString(256, u'x'));
        QTest::newRow("no time") << u"timestamp"_s << QJsonValue(QJsonValue::Undefined);
        QTest::newRow("a time of another type") << u"timestamp"_s << QJsonValue(u"now"_s);
        QTest::newRow("too large") << u"more"_s << QJsonValue(QString(70'000, u'x'));
    }
    void aMalformedRequestIsIgnored()
    {
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        QJsonObject content = requestFrom(u"PHONE"_s, u"t"_s);
        content[member] = value;

        laptop->hears(UserId(alice), u"request"_s, content);

        QVERIFY(laptop->error.isEmpty());
        QVERIFY(laptop->all().all().isEmpty());
    }

    void oneThatWasEncryptedByAnotherDeviceIsIgnored()
    {
        ReceivedToDevice event;
        event.sender = UserId(alice);
        event.type = u"m.key.verification.request"_s;
        event.content = FakeKeyServer::text(requestFrom(u"PHONE"_s, u"t"_s));
        event.encrypted = true;
        event.senderDevice = DeviceId(u"OTHER"_s);
        QVERIFY(laptop->take(laptop->all().receive(event)));
        QVERIFY(laptop->all().all().isEmpty());

        event.senderDevice = phone->device();
        QVERIFY(laptop->take(laptop->all().receive(event)));
        QCOMPARE(laptop->all().all().size(), 1);
    }

    void twoRequestsOfOneUserEndEachOther()
    {
        laptop->hears(UserId(alice), u"request"_s, requestFrom(u"PHONE"_s, u"one"_s));
        laptop->hears(UserId(alice), u"request"_s, requestFrom(u"PHONE"_s, u"two"_s));

        QCOMPARE(laptop->find(u"one"_s)->cancelCode, u"m.user"_s);
        QCOMPARE(laptop->find(u"two"_s)->cancelCode, u"m.user"_s);

        laptop->hears(UserId(alice), u"request"_s, requestFrom(u"PHONE"_s, u"three"_s));
        QCOMPARE(laptop->find(u"three"_s)->state, State::Requested);
    }

    void theSameRequestTwiceIsOne()
    {
        laptop->hears(UserId(alice), u"request"_s, requestFrom(u"PHONE"_s, u"one"_s));
        laptop->hears(UserId(alice), u"request"_s, requestFrom(u"PHONE"_s, u"one"_s));

        QCOMPARE(laptop->all().all().size(), 1);
        QCOMPARE(laptop->find(u"one"_s)->state, State::Requested);
    }

    void aThousandRequestsAreCheap()
    {
        const int before = server->sentToDevice;
        for (int i = 0; i < 1000; ++i)
            laptop->hears(UserId(alice), u"request"_s, requestFrom(u"PHONE"_s, QString::number(i)));
        laptop->flush();

        QVERIFY(server->sentToDevice - before <= 10);
        QVERIFY(laptop->all().all().size() <= Verifications::mostActive + Verifications::mostOver);
    }

    // --- Out of order

    void whatComesAtAnotherTimeEndsIt_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("step"); // 0: asked, 1: ready, 2: comparing
        QTest::addColumn<QString>("code");
        const QString unexpected = u"m.unexpected_message"_s;
        QTest::newRow("start before ready") << u"start"_s << 0 << unexpected;
        QTest::newRow("accept before start") << u"accept"_s << 1 << unexpected;
        QTest::newRow("key before start") << u"key"_s << 1 << unexpected;
        QTest::newRow("mac before start") << u"mac"_s << 1 << unexpected;
        QTest::newRow("done before start") << u"done"_s << 1 << unexpected;
        QTest::newRow("ready twice") << u"ready"_s << 1 << unexpected;
        QTest::newRow("reciprocate without a code") << u"reciprocate"_s << 1 << unexpected;
        QTest::newRow("another method") << u"dance"_s << 1 << u"m.unknown_method"_s;
        QTest::newRow("start without a method") << u"nothing"_s << 1 << u"m.invalid_message"_s;
        QTest::newRow("start while comparing") << u"start"_s << 2 << unexpected;
        QTest::newRow("reciprocate while comparing") << u"reciprocate"_s << 2 << unexpected;
        QTest::newRow("accept while comparing") << u"accept"_s << 2 << unexpected;
        QTest::newRow("second key") << u"key"_s << 2 << unexpected;
        QTest::newRow("done while comparing") << u"done"_s << 2 << unexpected;
        QTest::newRow("mac without macs") << u"mac"_s << 2 << u"m.invalid_message"_s;
    }
    void whatComesAtAnotherTimeEndsIt()
    {
        QFETCH(QString, type);
        QFETCH(int, step);
        QFETCH(QString, code);
        QVERIFY(laptop->take(laptop->all().requestOwn(phone->device())));
        both();
        phone->flow = laptop->flow;
        if (step > 0) {
            QVERIFY(phone->take(phone->all().accept(phone->flow)));
            both();
        }
        if (step > 1)
            emoji(*laptop);
        QJsonObject content{{u"from_device"_s, u"PHONE"_s}, {u"methods"_s, QJsonArray{u"m.sas.v1"_s}}};
        QString sent = type;
        if (type == u"start"_s || type == u"reciprocate"_s || type == u"dance"_s || type == u"nothing"_s) {
            sent = u"start"_s;
            content[u"method"_s] = type == u"start"_s ? u"m.sas.v1"_s : u"m."_s + type + u".v1"_s;
            if (type == u"nothing"_s)
                content.remove(u"method"_s);
        }
        const QString other = Curve25519Key(laptop->machine->ownKeys().curve).toString();
        if (type == u"key"_s)
            content[u"key"_s] = other;

        laptop->hears(UserId(alice), sent, with(laptop->flow, content));
        both();

        QCOMPARE(laptop->code(), code);
        QCOMPARE(phone->code(), code);
        untrusted();
    }

    void onlyDevicesThatWereAskedMayAnswer()
    {
        Verifier tablet(*server, clock, alice, u"TABLET"_s);
        tablet.flush();
        both();
        QVERIFY(laptop->take(laptop->all().requestOwn(phone->device())));

        laptop->hears(
            UserId(alice), u"ready"_s,
            with(laptop->flow, {{u"from_device"_s, u"TABLET"_s}, {u"methods"_s, QJsonArray{u"m.sas.v1"_s}}}));

        QCOMPARE(laptop->state(), State::Requested);
    }

    void aStartMustComeFromTheDeviceThatAnswered()
    {
        Verifier tablet(*server, clock, alice, u"TABLET"_s);
        tablet.flush();
        both();
        ready(*laptop, *phone);
        laptop->hears(UserId(alice), u"start"_s,
                      with(laptop->flow, {{u"from_device"_s, u"TABLET"_s}, {u"method"_s, u"m.sas.v1"_s}}));
        QCOMPARE(laptop->code(), u"m.unexpected_message"_s);
    }

    void withoutACommonMethodItEnds()
    {
        QVERIFY(laptop->take(laptop->all().requestOwn(phone->device())));
        laptop->hears(
            UserId(alice), u"ready"_s,
            with(laptop->flow, {{u"from_device"_s, u"PHONE"_s}, {u"methods"_s, QJsonArray{u"m.x"_s}}}));
        QCOMPARE(laptop->code(), u"m.unknown_method"_s);
    }

    void anotherUserCannotTouchIt()
    {
        ready(*laptop, *phone);
        for (const QString &type : {u"cancel"_s, u"key"_s, u"done"_s, u"start"_s, u"mac"_s}) {
            laptop->hears(UserId(u"@bob:two"_s), type,
                          with(laptop->flow, {{u"from_device"_s, u"PHONE"_s}, {u"code"_s, u"m.user"_s}}));
        }
        QCOMPARE(laptop->state(), State::Ready);
    }
};

QTEST_GUILESS_MAIN(VerificationOwnTest)
#include "tst_verification_own.moc"
