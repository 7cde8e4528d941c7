// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Requests that are none, and messages that come at another time.
#include "verification_own_world.h"

using namespace parvis;
using namespace parvis::crypto;

class VerificationRequestsTest : public OwnDevices
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

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

QTEST_GUILESS_MAIN(VerificationRequestsTest)
#include "tst_verification_requests.moc"
