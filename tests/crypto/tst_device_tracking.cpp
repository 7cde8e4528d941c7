// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class DeviceTrackingTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Attacker> mallory;

    [[nodiscard]] QList<DeviceRecord> known(const QString &user) const
    {
        return *alice->machine->devicesOf(UserId(user));
    }
    void follow(const QString &user)
    {
        QVERIFY(alice->machine->trackUsers({UserId(user)}));
        alice->flush();
    }

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        mallory = std::make_unique<Attacker>(*server, u"@mallory:two"_s, u"M"_s);
    }

    void theServerIsAskedAboutOurselvesBeforeTheFirstUpload()
    {
        const auto first = *alice->machine->outgoing();
        QCOMPARE(first.size(), 1);
        const auto *query = std::get_if<KeysQuery>(&first.first().what);
        QVERIFY(query);
        QCOMPARE(query->users, QList<UserId>{alice->user()});
        // The account was on disk before anything of it could be shown.
        QVERIFY(alice->store.tables.account);

        alice->send(first.first());
        const auto second = *alice->machine->outgoing();
        QCOMPARE(second.size(), 1);
        QVERIFY(std::get_if<KeysUpload>(&second.first().what));
    }

    void aReusedDeviceIdIsAConflictAndNothingIsUploaded()
    {
        Attacker other(*server, u"@alice:one"_s, u"A"_s);
        other.publish();

        alice->flush();

        QVERIFY(alice->noted(CryptoNote::Kind::OwnDeviceConflict));
        QVERIFY(*alice->machine->identityConflict());
        QVERIFY(server->devices[alice->address].oneTimeKeys.empty());
        QVERIFY(known(u"@alice:one"_s).isEmpty()); // the foreign keys were not stored
        const RoomId room(u"!r:one"_s);
        alice->encryptRoom(room);
        const auto readiness = alice->machine->prepareSend(room, alice->with({}));
        QVERIFY(!readiness);
        QCOMPARE(readiness.error().code, u"PARVIS_DEVICE_REUSED"_s);
    }

    void foreignKeysUnderOurDeviceAreAnAlarmAndNeverStored()
    {
        alice->flush();
        const auto before = known(u"@alice:one"_s);
        Attacker other(*server, u"@alice:one"_s, u"A"_s);
        const QJsonObject ours = server->devices[alice->address].keys;

        other.publish();
        alice->sync();

        QVERIFY(*alice->machine->identityConflict());
        QCOMPARE(known(u"@alice:one"_s), before);
        server->devices[alice->address].keys = ours;
        server->announce(u"@alice:one"_s);
        alice->sync();
        QVERIFY(!*alice->machine->identityConflict());
    }

    void ourDeviceVanishingIsNotedAndItsDataStays()
    {
        alice->flush();
        server->announce(u"@alice:one"_s);
        alice->sync();
        QCOMPARE(known(u"@alice:one"_s).size(), 1);
        server->devices[alice->address].keys = {};
        server->announce(u"@alice:one"_s);

        alice->sync();

        QVERIFY(alice->noted(CryptoNote::Kind::OwnDeviceMissing));
        QCOMPARE(known(u"@alice:one"_s).size(), 1);
        QVERIFY(alice->store.tables.account);
    }

    void badDevicesAreRefused_data()
    {
        QTest::addColumn<std::function<void(QJsonObject &)>>("bend");
        QTest::addColumn<bool>("afterSigning");
        QTest::addColumn<bool>("accepted");
        using Bend = Attacker::Bend;
        const auto row = [](const char *name, bool afterSigning, bool accepted, const Bend &bend) {
            QTest::newRow(name) << std::function(bend) << afterSigning << accepted;
        };
        row("honest", false, true, [](QJsonObject &) {});
        row("unknown members are signed along", false, true, [](QJsonObject &o) {
            o["x"_L1] = QJsonArray{1, 2};
        });
        row("unsigned is not signed", true, true, [](QJsonObject &o) {
            o["unsigned"_L1] = QJsonObject{{"device_display_name"_L1, "Laptop"_L1}};
        });
        row("no signature", true, false, [](QJsonObject &o) { o.remove("signatures"_L1); });
        row("changed after signing", true, false, [](QJsonObject &o) { o["x"_L1] = 1; });
        row("another user inside", false, false, [](QJsonObject &o) { o["user_id"_L1] = "@bob:two"_L1; });
        row("another device inside", false, false, [](QJsonObject &o) { o["device_id"_L1] = "N"_L1; });
        row("no algorithms", false, false, [](QJsonObject &o) { o.remove("algorithms"_L1); });
        row("an empty list of algorithms: known, but never written to", false, true,
            [](QJsonObject &o) { o["algorithms"_L1] = QJsonArray(); });
        row("no keys", false, false, [](QJsonObject &o) { o.remove("keys"_L1); });
        row("low-order key", false, false, [](QJsonObject &o) {
            QJsonObject keys = o["keys"_L1].toObject();
            keys["curve25519:M"_L1] = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_L1;
            o["keys"_L1] = keys;
        });
        row("a float", true, false, [](QJsonObject &o) { o["x"_L1] = 1.5; });
    }
    void badDevicesAreRefused()
    {
        QFETCH(std::function<void(QJsonObject &)>, bend);
        QFETCH(bool, afterSigning);
        QFETCH(bool, accepted);
        alice->flush();
        mallory->publish(afterSigning ? Attacker::Bend() : bend);
        if (afterSigning)
            bend(server->devices[{u"@mallory:two"_s, u"M"_s}].keys);

        follow(u"@mallory:two"_s);

        QCOMPARE(known(u"@mallory:two"_s).size(), accepted ? 1 : 0);
        QCOMPARE(alice->noted(CryptoNote::Kind::DeviceRejected), !accepted);
    }

    void anotherSigningKeyUnderAKnownIdIsRefused()
    {
        alice->flush();
        mallory->publish();
        follow(u"@mallory:two"_s);
        const auto before = known(u"@mallory:two"_s);
        QCOMPARE(before.size(), 1);

        Attacker impostor(*server, u"@mallory:two"_s, u"M"_s);
        impostor.publish();
        alice->sync();

        QVERIFY(alice->noted(CryptoNote::Kind::DeviceKeyChanged));
        QCOMPARE(known(u"@mallory:two"_s), before);
    }

    void aNewCurveKeyUnderTheSameSigningKeyIsTaken()
    {
        alice->flush();
        mallory->publish();
        follow(u"@mallory:two"_s);
        const Attacker other(*server, u"@x:two"_s, u"X"_s);

        mallory->publish([&](QJsonObject &o) {
            QJsonObject keys = o["keys"_L1].toObject();
            keys["curve25519:M"_L1] = other.account.curveKey().toString();
            o["keys"_L1] = keys;
        });
        alice->sync();

        QCOMPARE(known(u"@mallory:two"_s).first().curveKey, other.account.curveKey());
        QCOMPARE(known(u"@mallory:two"_s).first().signingKey, mallory->account.signingKey());
    }

    void aDeviceThatIsGoneIsForgotten()
    {
        alice->flush();
        mallory->publish();
        Attacker second(*server, u"@mallory:two"_s, u"M2"_s);
        second.publish();
        follow(u"@mallory:two"_s);
        QCOMPARE(known(u"@mallory:two"_s).size(), 2);

        server->logout({u"@mallory:two"_s, u"M"_s});
        alice->sync();

        QCOMPARE(known(u"@mallory:two"_s).size(), 1);
        QCOMPARE(known(u"@mallory:two"_s).first().device, DeviceId(u"M2"_s));
    }

    void whoWasNotAskedAboutIsIgnoredAndWhoIsLeftOutIsKept()
    {
        alice->flush();
        mallory->publish();
        follow(u"@mallory:two"_s);
        Attacker stranger(*server, u"@stranger:two"_s, u"S"_s);
        QVERIFY(alice->machine->onDevicesChanged({UserId(u"@mallory:two"_s)}));
        RequestId id;
        QVERIFY(queryOf(*alice, &id));

        const QJsonObject answer{
            {"device_keys"_L1, QJsonObject{{"@stranger:two"_L1, QJsonObject{{"S"_L1, stranger.keys()}}}}}};
        QVERIFY(alice->machine->markSent(id, FakeKeyServer::text(answer)));

        QVERIFY(known(u"@stranger:two"_s).isEmpty());
        QCOMPARE(known(u"@mallory:two"_s).size(), 1);
        QVERIFY(!queryOf(*alice));
    }

    void blacklistingIsRemembered()
    {
        alice->flush();
        mallory->publish();
        follow(u"@mallory:two"_s);

        QVERIFY(alice->machine->setLocalTrust(UserId(u"@mallory:two"_s), DeviceId(u"M"_s),
                                              LocalTrust::Blacklisted));
        QVERIFY(!alice->machine->setLocalTrust(UserId(u"@mallory:two"_s), DeviceId(u"?"_s),
                                               LocalTrust::Blacklisted));
        alice->start();
        server->announce(u"@mallory:two"_s);
        alice->sync();

        QCOMPARE(known(u"@mallory:two"_s).first().trust, LocalTrust::Blacklisted);

        // Nor does a server lift it that leaves the device out for a moment.
        server->logout({u"@mallory:two"_s, u"M"_s});
        alice->sync();
        mallory->publish();
        server->announce(u"@mallory:two"_s);
        alice->sync();
        QCOMPARE(known(u"@mallory:two"_s).first().trust, LocalTrust::Blacklisted);
    }

    void anotherAccountsStoreIsRefused()
    {
        const auto opened = CryptoMachine::open(alice->store, UserId(u"@bob:one"_s), alice->device(),
                                                Secret("0123456789abcdef0123456789abcdef"), clock);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, u"PARVIS_CRYPTO_OTHER_ACCOUNT"_s);
        const auto wrongKey = CryptoMachine::open(alice->store, alice->user(), alice->device(),
                                                  Secret("0123456789abcdef0123456789abcdeX"), clock);
        QVERIFY(!wrongKey);
        QCOMPARE(wrongKey.error().code, u"PARVIS_CRYPTO_PICKLE"_s);
    }
};

QTEST_GUILESS_MAIN(DeviceTrackingTest)
#include "tst_device_tracking.moc"
