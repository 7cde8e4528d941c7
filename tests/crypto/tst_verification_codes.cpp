// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// QR codes in a verification, in all three modes, and codes that are another's.
#include "verification_world.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

using State = VerificationState;
using Mode = VerificationQr::Mode;

class VerificationCodesTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Verifier> laptop; ///< Alice's, holds her identity
    std::unique_ptr<Verifier> phone;  ///< Alice's, new
    std::unique_ptr<Verifier> bob;
    std::unique_ptr<VerificationRoom> room;
    const QString aliceId = u"@alice:one"_s;
    const QString bobId = u"@bob:two"_s;

    void all()
    {
        for (int round = 0; round < 3; ++round) {
            laptop->syncAll();
            phone->syncAll();
            bob->syncAll();
        }
        room->deliver();
    }
    void readyOwn()
    {
        QVERIFY(phone->take(phone->all().requestOwn(laptop->device())));
        all();
        laptop->flow = phone->flow;
        QVERIFY(laptop->take(laptop->all().accept(laptop->flow)));
        all();
        QCOMPARE(phone->state(), State::Ready);
        QVERIFY(phone->info().canShow && phone->info().canScan && phone->info().canSas);
    }
    void readyPeople()
    {
        QVERIFY(laptop->take(laptop->all().requestPerson(bob->user(), room->id)));
        all();
        bob->flow = laptop->flow;
        QVERIFY(bob->take(bob->all().accept(bob->flow)));
        all();
        QCOMPARE(laptop->state(), State::Ready);
        QVERIFY(bob->info().canShow && bob->info().canScan);
    }
    [[nodiscard]] static QByteArray show(Verifier &one)
    {
        return one.all().qr(one.flow).value_or(QByteArray());
    }
    void play(Verifier &shower, Verifier &scanner, Mode mode)
    {
        const QByteArray code = show(shower);
        QCOMPARE(VerificationQr::parse(code)->mode, mode);
        QCOMPARE(show(shower), code);
        QVERIFY(scanner.take(scanner.all().scan(scanner.flow, code)));
        QCOMPARE(scanner.state(), State::Waiting);
        all();
        QCOMPARE(shower.state(), State::Scanned);
        QVERIFY(shower.take(shower.all().confirm(shower.flow)));
        all();
        QCOMPARE(shower.state(), State::Done);
        QCOMPARE(scanner.state(), State::Done);
    }
    void ownTrusted()
    {
        QCOMPARE(laptop->trust(aliceId, u"PHONE"_s), DeviceTrust::Verified);
        QVERIFY(phone->machine->ownIdentity()->verified);
        QVERIFY(phone->machine->ownIdentity()->thisDeviceSigned);
        QCOMPARE(phone->ownVerified, 1);
    }
    void nobodyTrusted()
    {
        all();
        QVERIFY(laptop->trust(aliceId, u"PHONE"_s) != DeviceTrust::Verified);
        QVERIFY(!phone->machine->ownIdentity()->verified);
        QVERIFY(!laptop->view(bobId).verified);
        QVERIFY(!bob->view(aliceId).verified);
    }
    /// The code of @p shower with something else in it.
    [[nodiscard]] static QByteArray bent(Verifier &shower, const std::function<void(VerificationQr &)> &bend)
    {
        auto code = *VerificationQr::parse(show(shower));
        bend(code);
        return *code.toBytes();
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'700'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        laptop = std::make_unique<Verifier>(*server, clock, aliceId, u"LAPTOP"_s);
        bob = std::make_unique<Verifier>(*server, clock, bobId, u"B"_s);
        laptop->flush();
        bob->flush();
        laptop->bootstrap();
        bob->bootstrap();
        phone = std::make_unique<Verifier>(*server, clock, aliceId, u"PHONE"_s);
        phone->flush();
        room = std::make_unique<VerificationRoom>(
            VerificationRoom{.clock = clock, .members = {laptop.get(), bob.get()}});
        QVERIFY(laptop->machine->trackUsers({bob->user()}));
        QVERIFY(bob->machine->trackUsers({laptop->user()}));
        all();
    }

    void whatCouldNotBeSavedIsNotDone()
    {
        readyPeople();
        QVERIFY(bob->take(bob->all().scan(bob->flow, show(*laptop))));
        all();
        QVERIFY(laptop->take(laptop->all().confirm(laptop->flow)));
        const auto done = room->event(*laptop, laptop->said.takeFirst());

        bob->store.failFrom = bob->store.saves + 1;
        QVERIFY(!bob->take(bob->all().receive(done)));

        QCOMPARE(bob->state(), State::Cancelled);
        QVERIFY(!bob->view(aliceId).verified);
    }

    void theNewDeviceReadsTheOldOne()
    {
        readyOwn();
        play(*laptop, *phone, Mode::OwnTrusting);
        ownTrusted();
    }

    void theOldDeviceReadsTheNewOne()
    {
        readyOwn();
        play(*phone, *laptop, Mode::OwnUntrusting);
        ownTrusted();
    }

    void peopleReadEachOther()
    {
        readyPeople();
        play(*laptop, *bob, Mode::OtherPerson);
        QVERIFY(laptop->view(bobId).verified);
        QVERIFY(bob->view(aliceId).verified);
    }

    void emojiCanBeChosenWhileACodeIsShown()
    {
        readyOwn();
        const QByteArray code = show(*laptop);
        QVERIFY(phone->take(phone->all().startSas(phone->flow)));
        all();
        QCOMPARE(laptop->state(), State::Comparing);
        // Too late for the code.
        QVERIFY(!phone->take(phone->all().scan(phone->flow, code)));
        QCOMPARE(phone->error, u"PARVIS_VERIFICATION_NOT_NOW"_s);
    }

    void emojiCannotBeChosenOnceTheCodeWasRead()
    {
        readyOwn();
        QVERIFY(phone->take(phone->all().scan(phone->flow, show(*laptop))));
        all();
        QVERIFY(!laptop->take(laptop->all().startSas(laptop->flow)));
        laptop->hears(laptop->user(), u"start"_s,
                      {{u"transaction_id"_s, laptop->flow},
                       {u"from_device"_s, u"PHONE"_s},
                       {u"method"_s, u"m.sas.v1"_s}});
        QCOMPARE(laptop->code(), u"m.unexpected_message"_s);
        nobodyTrusted();
    }

    void theReadersEmojiAndOurCodeDoNotMix()
    {
        readyOwn();
        QVERIFY(phone->take(phone->all().scan(phone->flow, show(*laptop))));
        QVERIFY(laptop->take(laptop->all().startSas(laptop->flow)));
        all();
        QCOMPARE(laptop->state(), State::Cancelled);
        QCOMPARE(phone->state(), State::Cancelled);
        nobodyTrusted();
    }

    void whatIsSavedIsNotTakenBack_data()
    {
        QTest::addColumn<bool>("byUs");
        QTest::newRow("by us") << true;
        QTest::newRow("by the other side") << false;
    }
    void whatIsSavedIsNotTakenBack()
    {
        QFETCH(bool, byUs);
        readyPeople();
        QVERIFY(bob->take(bob->all().scan(bob->flow, show(*laptop))));
        all();
        QVERIFY(laptop->take(laptop->all().confirm(laptop->flow)));
        QCOMPARE(laptop->state(), State::Waiting); // for the other side to say that it is done

        Verifier &one = byUs ? *laptop : *bob;
        QVERIFY(one.take(one.all().cancel(one.flow)));
        all();

        // It would be a lie to say that nothing was verified.
        QCOMPARE(laptop->state(), State::Done);
        QVERIFY(laptop->view(bobId).verified);
    }
    void nobodyIsDoneBeforeThePersonSaysSo()
    {
        readyOwn();
        QVERIFY(phone->take(phone->all().scan(phone->flow, show(*laptop))));
        all();
        nobodyTrusted();
        laptop->hears(laptop->user(), u"done"_s, {{u"transaction_id"_s, laptop->flow}});
        QCOMPARE(laptop->code(), u"m.unexpected_message"_s);
        nobodyTrusted();
    }

    void thePersonSaysThatNothingWasRead()
    {
        readyOwn();
        QVERIFY(phone->take(phone->all().scan(phone->flow, show(*laptop))));
        all();
        QVERIFY(laptop->take(laptop->all().mismatch(laptop->flow)));
        all();
        QCOMPARE(phone->code(), u"m.user"_s);
        nobodyTrusted();
    }

    void whoHasNotSeenTheCodeCannotSayThatHeDid_data()
    {
        QTest::addColumn<QJsonValue>("secret");
        QTest::addColumn<QString>("code");
        QTest::newRow("another") << QJsonValue(u"AAAAAAAAAAAAAAAAAAAAAA"_s) << u"m.key_mismatch"_s;
        QTest::newRow("empty") << QJsonValue(u""_s) << u"m.key_mismatch"_s;
        QTest::newRow("none") << QJsonValue(QJsonValue::Undefined) << u"m.invalid_message"_s;
        QTest::newRow("no base64") << QJsonValue(u"%%"_s) << u"m.invalid_message"_s;
        QTest::newRow("too long") << QJsonValue(QString(5000, u'A')) << u"m.invalid_message"_s;
    }
    void whoHasNotSeenTheCodeCannotSayThatHeDid()
    {
        QFETCH(QJsonValue, secret);
        QFETCH(QString, code);
        readyOwn();
        (void)show(*laptop);
        laptop->hears(laptop->user(), u"start"_s,
                      {{u"transaction_id"_s, laptop->flow},
                       {u"from_device"_s, u"PHONE"_s},
                       {u"method"_s, u"m.reciprocate.v1"_s},
                       {u"secret"_s, secret}});
        QCOMPARE(laptop->code(), code);
        nobodyTrusted();
    }

    void nobodyHasReadWhatWasNotShown()
    {
        readyOwn(); // there is no secret yet: an empty one would be the same
        laptop->hears(laptop->user(), u"start"_s,
                      {{u"transaction_id"_s, laptop->flow},
                       {u"from_device"_s, u"PHONE"_s},
                       {u"method"_s, u"m.reciprocate.v1"_s},
                       {u"secret"_s, u""_s}});
        QCOMPARE(laptop->code(), u"m.unexpected_message"_s);
        nobodyTrusted();
    }

    void aCodeOfSomethingElseCanBeTriedAgain()
    {
        readyOwn();
        const auto refused = [&](const QByteArray &bytes) {
            phone->take(phone->all().scan(phone->flow, bytes));
            return phone->error;
        };
        QCOMPARE(refused("https://example.org"), u"PARVIS_QR_NOT_VERIFICATION"_s);
        QCOMPARE(refused(show(*laptop).first(40)), u"PARVIS_QR_DAMAGED"_s);
        QCOMPARE(refused(bent(*laptop, [](VerificationQr &code) { code.flowId = u"another"_s; })),
                 u"PARVIS_QR_OTHER_VERIFICATION"_s);
        QCOMPARE(phone->state(), State::Ready);
        play(*laptop, *phone, Mode::OwnTrusting);
        ownTrusted();
    }

    void aCodeWithOtherKeysEndsIt_data()
    {
        QTest::addColumn<QString>("how");
        for (const auto &how : {u"swapped"_s, u"other first"_s, u"other second"_s, u"as untrusting"_s,
                                u"as a person"_s, u"own code"_s})
            QTest::newRow(qPrintable(how)) << how;
    }
    void aCodeWithOtherKeysEndsIt()
    {
        QFETCH(QString, how);
        readyOwn();
        const Ed25519Key other(IdentityMaker::make('z').key);
        const QByteArray code = bent(how == u"own code"_s ? *phone : *laptop, [&](VerificationQr &one) {
            if (how == u"swapped"_s)
                std::swap(one.firstKey, one.secondKey);
            else if (how == u"other first"_s)
                one.firstKey = other;
            else if (how == u"other second"_s)
                one.secondKey = other;
            else if (how == u"as untrusting"_s)
                one.mode = Mode::OwnUntrusting;
            else if (how == u"as a person"_s)
                one.mode = Mode::OtherPerson;
        });

        QVERIFY(phone->take(phone->all().scan(phone->flow, code)));
        all();

        QCOMPARE(phone->code(), u"m.key_mismatch"_s);
        QCOMPARE(laptop->code(), u"m.key_mismatch"_s);
        nobodyTrusted();
    }

    void aDeviceThatDoesNotTrustCannotTrustBySight()
    {
        // Both devices are new: the code of one says nothing to the other.
        Verifier tablet(*server, clock, aliceId, u"TABLET"_s);
        tablet.flush();
        all();
        tablet.syncAll();
        QVERIFY(phone->take(phone->all().requestOwn(tablet.device())));
        all();
        tablet.syncAll();
        tablet.flow = phone->flow;
        QVERIFY(tablet.take(tablet.all().accept(tablet.flow)));
        tablet.flush();
        all();
        QVERIFY(tablet.take(tablet.all().scan(tablet.flow, show(*phone))));
        QCOMPARE(tablet.code(), u"m.key_mismatch"_s);
    }

    void peoplesCodesWithOtherKeysEndIt_data()
    {
        QTest::addColumn<QString>("how");
        for (const auto &how : {u"swapped"_s, u"other master"_s, u"as own"_s, u"device key"_s})
            QTest::newRow(qPrintable(how)) << how;
    }
    void peoplesCodesWithOtherKeysEndIt()
    {
        QFETCH(QString, how);
        readyPeople();
        const QByteArray code = bent(*laptop, [&](VerificationQr &one) {
            if (how == u"swapped"_s)
                std::swap(one.firstKey, one.secondKey);
            else if (how == u"other master"_s)
                one.firstKey = Ed25519Key(IdentityMaker::make('z').key);
            else if (how == u"as own"_s)
                one.mode = Mode::OwnTrusting;
            else
                one.secondKey = bob->machine->ownKeys().signing;
        });

        QVERIFY(bob->take(bob->all().scan(bob->flow, code)));
        all();

        QCOMPARE(bob->code(), u"m.key_mismatch"_s);
        QCOMPARE(laptop->code(), u"m.key_mismatch"_s);
        nobodyTrusted();
    }

    void keysThatChangeBetweenTheCodeAndItsEnd()
    {
        readyPeople();
        QVERIFY(bob->take(bob->all().scan(bob->flow, show(*laptop))));
        all();
        IdentityMaker(bobId, 'x').publish(*server);
        laptop->syncAll();
        QVERIFY(laptop->take(laptop->all().confirm(laptop->flow)));
        QCOMPARE(laptop->code(), u"m.key_mismatch"_s);
        QVERIFY(!laptop->view(bobId).verified);
    }

    void nothingIsShownAtAnotherTime()
    {
        QVERIFY(phone->take(phone->all().requestOwn(laptop->device())));
        QCOMPARE(phone->all().qr(phone->flow).error().code, u"PARVIS_VERIFICATION_NOT_NOW"_s);
        QCOMPARE(phone->all().qr(u"unheard of"_s).error().code, u"PARVIS_NO_SUCH_VERIFICATION"_s);
    }
};

QTEST_GUILESS_MAIN(VerificationCodesTest)
#include "tst_verification_codes.moc"
